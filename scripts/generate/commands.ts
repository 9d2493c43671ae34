/** The tables of commands in the guides: what each is for and how it is said, from the commands themselves. Pure. */

import { adminCommands } from '../../src/administration/admin-commands.ts';
import { allCommands } from '../../src/commands/commands.ts';
import { type Language, languages } from '../../src/locales/locales.ts';

const heads = {
	en: { command: 'Command', about: 'What it is for', examples: 'For example', order: 'Order of administrators, after `admin`' },
	es: { command: 'Comando', about: 'Para qué sirve', examples: 'Por ejemplo', order: 'Orden de administradores, tras `administrar`' },
} as const;

/** Those for everybody first; then the orders of administrators. */
export function commandTables(language: Language): string {
	const { command: words, administration } = languages[language];
	const head = heads[language];
	const rows = allCommands
		.toSorted((one, other) => Number(one.audience !== 'everyone') - Number(other.audience !== 'everyone'))
		.map(({ names, otherWords = [], examples }) => {
			const own = new Set([names[language], ...(language === 'en' ? otherWords : [])]);
			const said = examples.filter((example) => own.has(example.split(' ', 1)[0] ?? '') && example.includes(' '));
			return row([code(names[language]), words.about[names.en], said.map(code).join(', ')]);
		});
	const orders = adminCommands.map(({ name }) => {
		const usage = administration.usage[name];
		const end = usage.indexOf(': ');
		return row([code(usage.slice(0, end)), usage.slice(end + 2)]);
	});
	return [...table([head.command, head.about, head.examples], rows), '', ...table([head.order, head.about], orders)].join('\n');
}

function table(head: string[], rows: string[]): string[] {
	return [row(head), row(head.map(() => '---')), ...rows];
}

function row(cells: string[]): string {
	return `| ${cells.join(' | ')} |`;
}

/** A bar would end the cell. */
function code(text: string): string {
	return text === '' ? '' : `\`${text.replaceAll('|', '\\|')}\``;
}
