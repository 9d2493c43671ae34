/** An exported name has one meaning: whoever searches for it finds one thing. Adapters mirror each other, so they may share names among themselves. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const exported = /^export (?:async )?(?:function\*?|const|let|interface|type|class) (\w+)/gm;

/** Each language says the same: its files export the same names. */
const isOfLanguage = (file: string) => /^src\/locales\/.*(?:english|spanish)\.ts$/.test(file);

/** Which files export a name. An entity and its type are one thing in one file. */
function homesOfNames(): Map<string, string[]> {
	const homes = new Map<string, Set<string>>();
	for (const folder of ['src', 'adapters']) {
		for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
			const path = `${folder}/${file}`;
			if (!path.endsWith('.ts') || isOfLanguage(path)) continue;
			for (const [, name = ''] of readFileSync(join(root, path), 'utf8').matchAll(exported)) {
				homes.set(name, (homes.get(name) ?? new Set()).add(path));
			}
		}
	}
	return new Map([...homes].map(([name, files]) => [name, [...files].sort()]));
}

/** `src`, or one adapter. */
const houseOf = (file: string) => (file.startsWith('src/') ? 'src' : file.split('/').slice(0, 2).join('/'));

it('has one meaning, whatever room it is exported from', () => {
	const shared = [...homesOfNames()].filter(([, files]) => {
		const houses = files.map(houseOf);
		return files.length > 1 && (houses.includes('src') || new Set(houses).size < houses.length);
	});
	expect(shared.map(([name, files]) => `${name}: ${files.join(', ')}`)).toEqual([]);
});
