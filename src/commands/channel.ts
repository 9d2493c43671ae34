/** `channel`: whether files that are shared here become documents, how answers here use documents, and who is told each week what was asked in vain. */

import type { ChannelDecision } from '../administration/channel-orders.ts';
import type { CommandResult } from '../platform/command-result.ts';
import { choiceOf } from './choices.ts';
import { type CommandContext, defineCommand } from './definition.ts';
import { splitArguments } from './typed-arguments.ts';

const what = choiceOf({
	ingest: { en: 'ingest', es: 'incorporar', otherWords: ['files', 'archivos'] },
	knowledge: { en: 'knowledge', es: 'conocimiento', otherWords: ['docs', 'documentos'] },
	digest: { en: 'digest', es: 'resumen' },
});

const value = choiceOf({
	on: { en: 'on', es: 'activar' },
	off: { en: 'off', es: 'desactivar' },
	ask: { en: 'ask', es: 'preguntar' },
	here: { en: 'here', es: 'aquí', otherWords: ['aqui'] },
	only: { en: 'only', es: 'solo', otherWords: ['sólo'] },
	prefer: { en: 'prefer', es: 'preferir' },
	default: { en: 'default', es: 'predeterminado', otherWords: ['standard', 'estándar', 'estandar'] },
});

type Value = NonNullable<ReturnType<typeof value.schema.parse>>;

export const channelCommand = defineCommand({
	names: { en: 'channel', es: 'canal' },
	audience: 'everyone',
	answer: 'private',
	arguments: { what, value },
	examples: [
		'channel',
		'channel ingest ask',
		'channel knowledge only',
		'channel knowledge default',
		'channel digest on',
		'canal',
		'canal incorporar desactivar',
		'canal conocimiento preferir',
		'canal resumen aquí',
	],
	isArgument(typed) {
		const { what: word, value: rest } = splitArguments({ what, value }, typed);
		return word !== undefined && what.schema.safeParse(word).success && value.schema.safeParse(rest).success;
	},
	explain: (_argument, { words }) => words.channel.how,
	async run(context, { what: wanted, value: chosen }) {
		if (wanted === undefined && chosen === undefined) return await show(context);
		const decision = wanted === undefined || chosen === undefined ? null : decisionOf(wanted, chosen);
		if (decision === null) return [context.words.channel.how];
		return await decide(context, decision);
	},
});

async function show({ person, place, words, services: { files, uses, channelOrders } }: CommandContext): Promise<CommandResult> {
	const { ingestion } = await files.standing(place, person.userId);
	const ingest = place.kind === 'direct' ? words.files.personalAlways : words.files.here[ingestion];
	const { use } = await uses.of(place);
	const digest = place.kind === 'direct' ? null : await channelOrders.digestOf(person, place);
	return [ingest, words.channel.knowledge[use], ...(digest === null ? [] : [words.digest.standing[digest]])];
}

/** As for the model of a channel: it is for everybody who reads there, and no platform tells the bot who looks after a channel. */
async function decide(context: CommandContext, decision: ChannelDecision): Promise<CommandResult> {
	const { person, place, words, services } = context;
	const isPersonal = place.kind === 'direct';
	if (isPersonal && 'ingest' in decision) return [words.files.personalAlways];
	if (isPersonal && 'digest' in decision) return [words.digest.notPersonal];
	if (!isPersonal && person.role !== 'ccb_admin') return [words.files.administratorsDecide];
	const isDecided = await services.channelOrders.decide(person, place, decision);
	return isDecided ? await show(context) : [words.files.administratorsDecide];
}

/** Null for what does not go together. */
function decisionOf(wanted: 'ingest' | 'knowledge' | 'digest', chosen: Value): ChannelDecision | null {
	if (wanted === 'digest') return digestDecisions[chosen] ?? null;
	const decided = chosen === 'default' ? null : chosen;
	if (decided === 'here') return null;
	if (wanted === 'ingest') return decided === 'only' || decided === 'prefer' ? null : { ingest: decided };
	return decided === 'on' || decided === 'ask' ? null : { knowledge: decided };
}

const digestDecisions: Partial<Record<Value, ChannelDecision>> = {
	on: { digest: 'private' },
	here: { digest: 'here' },
	off: { digest: null },
	default: { digest: null },
};
