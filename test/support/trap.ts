import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { newRepository, scratchFolder } from "./repository.ts";

/**
 * A repository whose configuration names a program wherever git can run one, or for these settings only; its hooks are
 * that program, too. `wasRun` says whether it was run.
 */
export function trap(
  only?: readonly string[],
  at = scratchFolder(),
): { folder: string; commit: string; wasRun: () => boolean } {
  const repository = newRepository({ "a.md": "one\n", "b.md": "two\n" }, at);
  const { folder } = repository;
  const commit = repository.commit();
  const marker = path.join(scratchFolder(), "was-run");
  const program = path.join(folder, ".git", "evil.sh");
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> '${marker}'\nexit 0\n`);
  chmodSync(program, 0o755);
  const hooks = [...readdirSync(path.join(folder, ".git/hooks")), "reference-transaction"];
  for (const hook of hooks) {
    const file = path.join(folder, ".git/hooks", hook.replace(".sample", ""));
    writeFileSync(file, readFileSync(program));
    chmodSync(file, 0o755);
  }
  const settings: Record<string, string> = {
    "core.fsmonitor": program,
    "core.pager": program,
    "pager.log": program,
    "pager.cat-file": program,
    "pager.ls-tree": program,
    "pager.rev-parse": program,
    "core.sshCommand": program,
    "core.askPass": program,
    "core.editor": program,
    "core.gitProxy": program,
    "core.alternateRefsCommand": program,
    "credential.helper": program,
    "diff.external": program,
    "diff.evil.command": program,
    "diff.evil.textconv": program,
    "filter.evil.clean": program,
    "filter.evil.smudge": program,
    "filter.evil.process": program,
    "filter.evil.required": "true",
    "gpg.program": program,
    "log.showSignature": "true",
    "uploadpack.packObjectsHook": program,
    "remote.origin.url": `ext::${program}`,
    "remote.origin.promisor": "true",
    "remote.origin.partialclonefilter": "blob:none",
    "remote.origin.uploadpack": program,
    "protocol.ext.allow": "always",
    "extensions.partialClone": "origin",
    "core.repositoryFormatVersion": "1",
    "alias.cat-file": `!${program}`,
    "alias.log": `!${program}`,
  };
  // The last commit claims to be signed, so showing signatures would run a program.
  const body = repository.git("cat-file", "commit", commit);
  const signed = body.replace(
    "\n\n",
    "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n",
  );
  repository.write("signed", signed);
  const tip = repository.git("hash-object", "-w", "-t", "commit", "signed").trim();
  repository.remove("signed");
  repository.git("update-ref", "refs/heads/main", tip);
  for (const [name, value] of Object.entries(settings)) {
    if (only?.includes(name) !== false) repository.git("config", name, value);
  }
  rmSync(marker, { force: true });
  if (only !== undefined) return { folder, commit: tip, wasRun: () => existsSync(marker) };
  repository.write(".gitattributes", "* diff=evil filter=evil\n");
  repository.write(".git/info/attributes", "* diff=evil filter=evil\n");
  return { folder, commit: tip, wasRun: () => existsSync(marker) };
}
