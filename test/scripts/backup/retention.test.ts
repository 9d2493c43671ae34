/** Which backups are kept, and what a manifest says: the shell's own functions, each in a process of milliseconds. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const parts = 'scripts/backup/parts';
const dayMs = 86_400_000;

it('keeps the newest of each of 14 days, 8 weeks and 12 months, and nothing else', () => {
	const newest = Date.UTC(2026, 11, 1, 2, 30);
	const names = Array.from({ length: 500 }, (_, day) => nameAt(newest - day * dayMs));
	const secondOfToday = nameAt(newest - 3_600_000);
	const kept = keptOf([...names, secondOfToday], [14, 8, 12]);
	expect(kept).not.toContain(secondOfToday);
	expect(kept.slice(0, 14)).toEqual(names.slice(0, 14));
	// Of older weeks their Sundays, of older months their last days.
	expect(kept.slice(14).map((name) => name.slice(8, 16))).toEqual([
		...['20261115', '20261108', '20261101', '20261025', '20261018', '20261031'].toSorted().toReversed(),
		...['20260930', '20260831', '20260731', '20260630', '20260531', '20260430', '20260331', '20260228', '20260131'],
	]);
	expect(keptOf(kept, [14, 8, 12])).toEqual(kept);
});

it('keeps all that there are where nights were missed, and looks at nothing that is no backup', () => {
	const names = [0, 3, 40, 200].map((day) => nameAt(Date.UTC(2026, 5, 15) - day * dayMs));
	expect(unwantedOf(names, [14, 8, 12])).toEqual([]);
	expect(unwantedOf([...names, 'notes.txt', 'openccb-20200101T000000Z.tar.age.part'], [1, 1, 1])).toEqual(names.slice(1).toReversed());
});

it.each([
	['0.1.0', '0.1.0', false],
	['0.10.0', '0.9.9', true],
	['0.9.9', '0.10.0', false],
	['1.0.0', '1.0.0-rc.1', false],
	['2.0.0-rc.1', '1.9.9', true],
])('%s is newer than %s: %s', (version, than, expected) => {
	expect(shell(`. ${parts}/manifest.sh; if is_newer ${version} ${than}; then echo yes; fi`) === 'yes\n').toBe(expected);
});

it('makes every role that the program works with, before rows are loaded that belong to them', () => {
	const made = /for role in ([a-z_ ]+); do make_role/.exec(readFileSync(`${parts}/load.sh`, 'utf8'))?.[1];
	const known = /const names = \[([^\]]+)\]/.exec(readFileSync('src/database/program-roles.ts', 'utf8'))?.[1];
	expect(made?.split(' ')).toEqual(known?.match(/\w+/g));
});

function nameAt(time: number): string {
	return `openccb-${new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, '')}.tar.age`;
}

/** The newest first. */
function keptOf(names: string[], numbers: number[]): string[] {
	const unwanted = new Set(unwantedOf(names, numbers));
	return names
		.filter((name) => !unwanted.has(name))
		.toSorted()
		.toReversed();
}

/** The oldest first. */
function unwantedOf(names: string[], numbers: number[]): string[] {
	return shell(`. ${parts}/retention.sh; unwanted ${numbers.join(' ')}`, `${names.join('\n')}\n`)
		.trim()
		.split('\n')
		.filter(Boolean)
		.toSorted();
}

function shell(script: string, input = ''): string {
	return execFileSync('bash', ['-euo', 'pipefail', '-c', script], { input, encoding: 'utf8' });
}
