/** The settings as people read them: `.env.example` and the tables of settings in both languages, from what `src/settings` says of each. */

import { secretVariables, settingVariables } from '#src/settings/settings.ts';
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
	return [
		'# Copy to .env and uncomment what you need. Every value shown is the default.',
		`# What is secret may stand in a file of its own: SLACK_BOT_TOKEN_FILE=/run/secrets/slack, and so for each of`,
		`# ${secretVariables.join(', ')}.`,
		'',
		...lines,
	].join('\n');
}

/** Which settings may stand in a file; behind the table. */
export function secretsSentence(language: 'en' | 'es'): string {
	const names = secretVariables.map((name) => `\`${name}\``).join(', ');
	return language === 'en'
		? `Each of ${names} may stand in a file instead: \`SLACK_BOT_TOKEN_FILE=/run/secrets/slack\`, say. Only one of the two may be set, and a line break at the end of the file does not count.`
		: `Cada una de ${names} puede estar en un archivo: por ejemplo, \`SLACK_BOT_TOKEN_FILE=/run/secrets/slack\`. Solo puede darse una de las dos formas, y un salto de línea al final del archivo no cuenta.`;
}

export function settingsTable(language: 'en' | 'es'): string {
	const [name, standard, meaning] = language === 'en' ? ['Variable', 'Default', 'Meaning'] : ['Variable', 'Por defecto', 'Significado'];
	const rows = listSettings().map((setting) => {
		const text = language === 'en' ? setting.meaning : spanishMeanings[setting.name];
		return `| \`${setting.name}\` | ${setting.standard === null ? '' : `\`${setting.standard}\``} | ${text} |`;
	});
	return [`| ${name} | ${standard} | ${meaning} |`, '| --- | --- | --- |', ...rows].join('\n');
}
