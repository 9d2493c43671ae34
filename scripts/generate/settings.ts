/** The settings as people read them: `.env.example` and the tables in both READMEs, from what `src/settings` says of each. */

import { settingVariables } from '#src/settings/settings.ts';
import { spanishMeanings } from './settings-es.ts';

interface Setting {
	name: keyof typeof settingVariables;
	meaning: string;
	/** As it would be written; null when there is none. */
	standard: string | null;
}

/** What readers meet first comes first, so their own order is kept. */
export function listSettings(): Setting[] {
	return Object.entries(settingVariables).map(([name, schema]) => {
		const parsed = schema.safeParse(undefined);
		const value = parsed.success && parsed.data !== undefined ? asWritten(parsed.data) : null;
		return { name: name as Setting['name'], meaning: schema.description ?? '', standard: value };
	});
}

function asWritten(value: unknown): string {
	return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

export function exampleFile(): string {
	const lines = listSettings().flatMap(({ name, meaning, standard }) => [
		`# ${meaning}.`,
		`${standard === null ? '#' : '# '}${name}=${standard ?? ''}`.replace('# ', '#'),
		'',
	]);
	return ['# Copy to .env and uncomment what you need. Every value shown is the default.', '', ...lines].join('\n');
}

export function settingsTable(language: 'en' | 'es'): string {
	const [name, standard, meaning] = language === 'en' ? ['Variable', 'Default', 'Meaning'] : ['Variable', 'Por defecto', 'Significado'];
	const rows = listSettings().map((setting) => {
		const text = language === 'en' ? setting.meaning : spanishMeanings[setting.name];
		return `| \`${setting.name}\` | ${setting.standard === null ? '' : `\`${setting.standard}\``} | ${text} |`;
	});
	return [`| ${name} | ${standard} | ${meaning} |`, '| --- | --- | --- |', ...rows].join('\n');
}
