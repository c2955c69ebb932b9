import { expect, test } from "vitest";
import { isEnglishText } from "../../server/src/language/english.ts";

test.each([
  "The council met on Monday.",
  "Installation",
  "Los Angeles and San Diego",
  "Le Monde reported on the case of José Núñez de la Cruz.",
  "Run it, then restart.",
])("English: %s", (text) => {
  expect(isEnglishText(text)).toBe(true);
});

test.each([
  "Der Hund ist groß und die Katze ist klein.",
  "La maison est belle et le jardin aussi.",
  "El perro come pan en la casa.",
  "Il gatto è sul tavolo della cucina.",
  "Het is een mooie dag voor de markt.",
  "O gato está na mesa da cozinha.",
  "Dette er en test av språket.",
  "Det här är en text på svenska.",
  "Żółw jest duży i nie jest szybki.",
  "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
  "Кошка сидит на столе.",
  "これは日本語です。",
])("not English: %s", (text) => {
  expect(isEnglishText(text)).toBe(false);
});
