import { describe, expect, it } from 'vitest';
import { readSettings, secretVariables, settingVariables } from '#src/settings/settings.ts';
import { exampleFile, listSettings, secretsSentence, settingsTable } from '../../scripts/generate/settings.ts';
import { spanishMeanings } from '../../scripts/generate/settings-es.ts';

const names = Object.keys(settingVariables);

describe('the example file', () => {
	it('changes nothing as it is', () => {
		const assignments = exampleFile()
			.split('\n')
			.filter((line) => line !== '' && !line.startsWith('#'));
		expect(assignments).toEqual([]);
	});

	it('has every setting once, with what it means', () => {
		const lines = exampleFile().split('\n');
		for (const { name, meaning } of listSettings()) {
			const at = lines.findIndex((line) => line.startsWith(`#${name}=`));
			expect(lines[at - 1], name).toBe(`# ${meaning}.`);
			expect(lines.filter((line) => line.startsWith(`#${name}=`))).toHaveLength(1);
		}
	});

	it('gives the same settings when every line is uncommented', () => {
		expect(readSettings(uncommented(exampleFile()))).toEqual(readSettings({}));
	});

	it.each(names)('shows a value of %s that reads back as its default', (name) => {
		const value = uncommented(exampleFile())[name];
		expect(readSettings({ [name]: value })).toEqual(readSettings({}));
	});
});

describe.each(['en', 'es'] as const)('the table of settings in %s', (language) => {
	const [, , ...rows] = settingsTable(language).split('\n');

	it('has a row for each setting, in their own order', () => {
		expect(rows.map((row) => /^\| `(\w+)`/.exec(row)?.[1])).toEqual(names);
	});

	it('has a meaning in each row, and breaks no row', () => {
		for (const row of rows) {
			const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
			expect(cells, row).toHaveLength(5);
			expect(cells[3], row).not.toBe('');
		}
	});

	it('shows the defaults as they would be written', () => {
		expect(rows.find((row) => row.includes('`PORT`'))).toContain('| `3000` |');
		expect(rows.find((row) => row.includes('`SLACK_BOT_TOKEN`'))).toContain('|  |');
	});

	it('is followed by what may stand in a file', () => {
		for (const name of secretVariables) expect(secretsSentence(language)).toContain(`\`${name}\``);
	});
});

describe('the Spanish meanings', () => {
	it('are complete, none of them a leftover or untranslated', () => {
		expect(Object.keys(spanishMeanings).sort()).toEqual([...names].sort());
		for (const { name, meaning } of listSettings()) {
			expect(spanishMeanings[name].trim(), name).not.toBe('');
			expect(spanishMeanings[name], name).not.toBe(meaning);
		}
	});

	it('end as the English ones do, so that both read alike', () => {
		for (const { name, meaning } of listSettings()) {
			expect(meaning, name).not.toMatch(/\.$/);
			expect(spanishMeanings[name], name).not.toMatch(/\.$/);
		}
	});
});

function uncommented(file: string): Record<string, string> {
	return Object.fromEntries([...file.matchAll(/^#(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
}
