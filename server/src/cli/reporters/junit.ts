import type { FileReport, Report } from "../report.ts";
import type { ReportedFinding } from "../reported.ts";
import type { Reporter } from "./reporter.ts";

/**
 * A test report: a suite for each draft, a case for each finding. A warning or worse is a failure; anything less is
 * output. A draft without findings is a case that passes. https://github.com/jenkinsci/xunit-plugin, junit-10.xsd
 */
export const junit: Reporter = {
  name: "junit",
  summary: "for test reports: JUnit XML, a suite for each draft",
  syntax: "text",
  report,
};

function report({ files, problems, seconds }: Report): string {
  const fatal = problems.filter((problem) => problem.fatal);
  const suites = [...files.map(suite), ...fatal.map(errorSuite)];
  const all = files.flatMap(({ findings }) => findings);
  const counts = {
    tests: files.reduce((sum, { findings }) => sum + Math.max(1, findings.length), fatal.length),
    failures: all.filter(isFailure).length,
    errors: fatal.length,
    time: seconds.toFixed(3),
  };
  return `${XML_DECLARATION}${element("testsuites", { name: "galley", ...counts }, lines(suites))}\n`;
}

/** Something that was named and not checked is an error, not a success. */
function errorSuite({ path, message }: Report["problems"][number]): string {
  const error = element("error", { message }, escaped(`${path}: ${message}`));
  const testcase = element("testcase", { name: "galley", classname: path, time: 0 }, error);
  return element(
    "testsuite",
    { name: path, tests: 1, failures: 0, errors: 1, time: 0 },
    lines([testcase]),
  );
}

function suite({ path, findings }: FileReport): string {
  const cases =
    findings.length === 0
      ? [element("testcase", { name: "galley", classname: path, time: 0 })]
      : findings.map((finding) => testcase(path, finding));
  const counts = {
    tests: cases.length,
    failures: findings.filter(isFailure).length,
    errors: 0,
    time: 0,
  };
  return element("testsuite", { name: path, ...counts }, lines(cases));
}

function testcase(path: string, finding: ReportedFinding): string {
  const { rule, severity, message, range } = finding;
  const place = `${range.start.line + 1}:${range.start.character + 1}`;
  const text = escaped(`${path}:${place}: ${severity}: ${message}`);
  const outcome = isFailure(finding)
    ? element("failure", { message, type: severity }, text)
    : element("system-out", {}, text);
  return element("testcase", { name: `${rule} (${place})`, classname: path, time: 0 }, outcome);
}

function isFailure({ severity }: ReportedFinding): boolean {
  return severity === "error" || severity === "warning";
}

function lines(elements: readonly string[]): string {
  return elements.length === 0 ? "" : `\n${elements.join("\n")}\n`;
}

/** An element with its attributes; `content` is already XML, from `element` or `escaped`. */
function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content = "",
): string {
  const shown = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const opening = `<${name}${shown.join("")}`;
  return content === "" ? `${opening}/>` : `${opening}>${content}</${name}>`;
}

/** A text, in an element or an attribute. Characters that XML 1.0 does not allow are replaced. */
function escaped(text: string | number): string {
  return String(text)
    .replace(NO_CHARACTER, "\uFFFD")
    .replace(/[&<>"'\t\n\r]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** All but the production Char of https://www.w3.org/TR/xml/#charsets. */
const NO_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
