/** Whether every room's settings are read: a file that declares some and stands in no list would be ignored without a word. */

import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { settingsSlices, settingVariables } from '#src/settings/settings.ts';

type Slice = (typeof settingsSlices)[number];

const folder = new URL('../../src/settings/', import.meta.url);

/** Of every file that declares settings, below the folder too. */
async function declaredSlices(): Promise<Slice[]> {
	const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
	const declaring = await Promise.all(
		files.map(async (file) => ((await readFile(new URL(file, folder), 'utf8')).includes('= defineSettings(') ? [file] : [])),
	);
	const modules: object[] = await Promise.all(declaring.flat().map((file) => import(new URL(file, folder).href)));
	return modules.flatMap((module) => Object.values(module).filter(isSlice));
}

function isSlice(value: unknown): value is Slice {
	return typeof value === 'object' && value !== null && 'variables' in value && 'contradictions' in value;
}

it('every file of settings stands in the lists', async () => {
	const declared = await declaredSlices();
	expect(declared.length).toBeGreaterThan(10);
	expect(new Set(settingsSlices)).toEqual(new Set(declared));
	expect(Object.keys(settingVariables)).toEqual(settingsSlices.flatMap(({ variables }) => Object.keys(variables)));
});
