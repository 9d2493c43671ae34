import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeBuild } from '#src/build.ts';
import packageFile from '../package.json' with { type: 'json' };

const hash = 'b21b426'.padEnd(40, '0');

test('the version is that of the package, and the commit what the settings say', () => {
	expect(describeBuild('abc1234', folderWith({}))).toEqual({ version: packageFile.version, commit: 'abc1234' });
});

test.each<[string, Record<string, string>]>([
	['that stands alone', { '.git/HEAD': `${hash}\n` }],
	['of a branch', { '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': `${hash}\n` }],
	['of a packed branch', { '.git/HEAD': 'ref: refs/heads/main\n', '.git/packed-refs': `# pack-refs\n${hash} refs/heads/main\n` }],
	[
		'of a further working copy',
		{
			'.git': 'gitdir: first/.git/worktrees/second\n',
			'first/.git/worktrees/second/HEAD': 'ref: refs/heads/second\n',
			'first/.git/worktrees/second/commondir': '../..\n',
			'first/.git/refs/heads/second': `${hash}\n`,
		},
	],
])('without that it is the commit %s', (_name, files) => {
	expect(describeBuild(null, folderWith(files)).commit).toBe(hash);
});

test.each<[string, Record<string, string>]>([
	['there is no working copy', {}],
	['nothing was committed yet', { '.git/HEAD': 'ref: refs/heads/main\n' }],
	['it cannot be read', { '.git/HEAD': 'something else' }],
])('it is unknown where %s', (_name, files) => {
	expect(describeBuild(null, folderWith(files)).commit).toBe('unknown');
});

function folderWith(files: Record<string, string>): string {
	const folder = mkdtempSync(join(tmpdir(), 'openccb-build-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), content);
	}
	return folder;
}
