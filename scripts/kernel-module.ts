import wabt from "wabt";

/** The reader's kernel as a TypeScript module that contains its bytes. Throws if the text is not WebAssembly. */
export async function kernelModule(text: string): Promise<string> {
  const module = (await wabt()).parseWat("kernel.wat", text, { simd: true });
  const { buffer } = module.toBinary({});
  module.destroy();
  return `// Made from kernel.wat: npm run generate
/** WebAssembly in base 64. */
export const KERNEL = ${JSON.stringify(Buffer.from(buffer).toString("base64"))};
`;
}
