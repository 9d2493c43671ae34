/** `sql`: which databases one may ask and what was asked of them; saved questions to them; for administrators which of them are in use. */

import { z } from 'zod';
import type { CommandResult } from '../platform/command-result.ts';
import { shortened } from '../text.ts';
import { choiceOf } from './choices.ts';
import { type CommandContext, type CommandQuestion, defineCommand } from './definition.ts';
import { askSaved, listNamed, listUsable } from './sql-asking.ts';
import { addConnector, approveConnector, listConnectors, revokeConnector, testConnectorNamed } from './sql-looking-after.ts';
import { showLog, showWhy } from './sql-records.ts';

const action = choiceOf({
	list: { en: 'list', es: 'lista', otherWords: ['listar'] },
	named: { en: 'named', es: 'guardadas' },
	ask: { en: 'ask', es: 'preguntar' },
	why: { en: 'why', es: 'porqué', otherWords: ['porque', 'por'] },
	log: { en: 'log', es: 'registro' },
	add: { en: 'add', es: 'añadir', otherWords: ['anadir'] },
	test: { en: 'test', es: 'probar' },
	approve: { en: 'approve', es: 'aprobar' },
	revoke: { en: 'revoke', es: 'revocar' },
});

/** What stands behind the action: a name, and what belongs to it. */
type CarryOut = (context: CommandContext, name: string, more: string) => Promise<CommandResult | CommandQuestion>;

const text = { schema: z.string().default('') };

/** A name alone, or with values or a reason in quotes behind it: no sentence about databases goes on so. */
const spokenRest = /^[a-z][a-z0-9-]*(?:\/[a-z][a-z0-9-]*)?(?:\s+[a-z_]\w*=\S.*|\s+["“«„].*["”»“])?$|^(?:["“«„].*["”»“]|\w+:\S+) \S.*$/u;

const actions = {
	list: async (context) => {
		const usable = await listUsable(context);
		return context.person.role === 'ccb_admin' ? [...usable, '', ...(await listConnectors(context))] : usable;
	},
	named: listNamed,
	ask: askSaved,
	why: showWhy,
	log: showLog,
	add: forAdministrators(addConnector),
	test: forAdministrators(testConnectorNamed),
	approve: forAdministrators(approveConnector),
	revoke: forAdministrators(revokeConnector),
} satisfies Record<string, CarryOut>;

export const sqlCommand = defineCommand({
	names: { en: 'sql', es: 'consultas' },
	audience: 'everyone',
	// What databases hold is for whoever asks.
	answer: 'direct-chat',
	isAnswered: true,
	arguments: { action, which: text, more: text },
	examples: [
		'sql',
		'sql named',
		'sql ask stock-in-warehouse city="A Coruña" kind=pump',
		'sql why',
		'sql log',
		'sql log "Ana Pérez" complaint of 3 May',
		'sql add shop',
		'sql test shop',
		'sql test shop "the login owns its views until June"',
		'sql approve shop',
		'sql revoke shop',
		'consultas',
		'consultas guardadas',
		'consultas preguntar existencias-en-almacen ciudad=Valencia',
		'consultas porqué',
	],
	onlyLooks: (typed) => typed.trim() === '',
	isArgument(typed) {
		const word = typed.trim().split(/\s+/, 1)[0] ?? '';
		const rest = typed.trim().slice(word.length).trim();
		return action.schema.safeParse(word).data !== undefined && (rest === '' || spokenRest.test(rest));
	},
	async run(context, { action: wanted, which: name, more }) {
		if (wanted === undefined && name !== '') return [context.words.sql.unknown(shortened(name, mostNameCharacters))];
		return await actions[wanted ?? 'list'](context, name.trim(), more.trim());
	},
});

/** Enough to recognise what one has typed. */
const mostNameCharacters = 60;

function forAdministrators(carryOut: CarryOut): CarryOut {
	return async (context, name, more) => {
		if (context.person.role !== 'ccb_admin') return [context.words.sql.onlyAdministrators];
		return await carryOut(context, name, more);
	};
}
