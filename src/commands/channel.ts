/** `channel`: whether files that are shared here become documents, those of the past too, and how answers here use documents. */

import { z } from 'zod';
import type { ChannelDecision } from '../administration/channel-orders.ts';
import type { CommandResult } from '../platform/command-result.ts';
import { choiceOf } from './choices.ts';
import { type CommandContext, defineCommand } from './definition.ts';
import { splitArguments } from './typed-arguments.ts';

const what = choiceOf({
	ingest: { en: 'ingest', es: 'incorporar', otherWords: ['files', 'archivos'] },
	knowledge: { en: 'knowledge', es: 'conocimiento', otherWords: ['docs', 'documentos'] },
});

const value = choiceOf({
	on: { en: 'on', es: 'activar' },
	off: { en: 'off', es: 'desactivar' },
	ask: { en: 'ask', es: 'preguntar' },
	only: { en: 'only', es: 'solo', otherWords: ['sólo'] },
	prefer: { en: 'prefer', es: 'preferir' },
	backfill: { en: 'backfill', es: 'anteriores' },
	stop: { en: 'stop', es: 'parar' },
	default: { en: 'default', es: 'predeterminado', otherWords: ['standard', 'estándar', 'estandar'] },
});

/** A day of the calendar, from its beginning in UTC on. */
const since = {
	schema: z.iso
		.date()
		.transform((day) => `${day}T00:00:00.000Z`)
		.optional(),
};

type Value = NonNullable<ReturnType<typeof value.schema.parse>>;

export const channelCommand = defineCommand({
	names: { en: 'channel', es: 'canal' },
	audience: 'everyone',
	answer: 'private',
	arguments: { what, value, since },
	examples: [
		'channel',
		'channel ingest ask',
		'channel ingest backfill',
		'channel ingest backfill 2026-01-31',
		'channel ingest stop',
		'channel knowledge only',
		'channel knowledge default',
		'canal',
		'canal incorporar desactivar',
		'canal incorporar anteriores',
		'canal conocimiento preferir',
	],
	isArgument(typed) {
		const { what: word, value: rest, since: day } = splitArguments({ what, value, since }, typed);
		const isRead = what.schema.safeParse(word).success && value.schema.safeParse(rest).success;
		return word !== undefined && isRead && since.schema.safeParse(day).success;
	},
	explain: (_argument, { words }) => words.channel.how,
	async run(context, { what: wanted, value: chosen, since: day }) {
		if (wanted === undefined && chosen === undefined) return await show(context);
		if (wanted === 'ingest' && chosen === 'backfill') return await readPast(context, day ?? null);
		if (wanted === 'ingest' && chosen === 'stop' && day === undefined) return await stopReading(context);
		const isWhole = wanted !== undefined && chosen !== undefined && day === undefined;
		const decision = isWhole ? decisionOf(wanted, chosen) : null;
		if (decision === null) return [context.words.channel.how];
		return await decide(context, decision);
	},
});

async function show({ person, place, words, services: { files, uses } }: CommandContext): Promise<CommandResult> {
	const { ingestion } = await files.standing(place, person.userId);
	const ingest = place.kind === 'direct' ? words.files.personalAlways : words.files.here[ingestion];
	const { use } = await uses.of(place);
	return [ingest, words.channel.knowledge[use]];
}

/** As for the model of a channel: it is for everybody who reads there, and no platform tells the bot who looks after a channel. */
async function decide(context: CommandContext, decision: ChannelDecision): Promise<CommandResult> {
	const { person, place, words, services } = context;
	const isPersonal = place.kind === 'direct';
	if (isPersonal && 'ingest' in decision) return [words.files.personalAlways];
	if (!isPersonal && person.role !== 'ccb_admin') return [words.files.administratorsDecide];
	const isDecided = await services.channelOrders.decide(person, place, decision);
	return isDecided ? await show(context) : [words.files.administratorsDecide];
}

/** Who decides whether files are read decides about those of the past. */
async function readPast(context: CommandContext, from: string | null): Promise<CommandResult> {
	const { person: asker, account, platform, place, words, services, signal } = context;
	const { files } = words;
	if (place.kind === 'direct') return [files.personalAlways];
	if (asker.role !== 'ccb_admin') return [files.administratorsDecide];
	const answer = await services.channelOrders.readPast({ platform, asker, account, place, since: from }, signal);
	return [answer === 'elsewhere' ? files.offer.elsewhere : files.backfill[answer]];
}

async function stopReading({ person, place, words: { files }, services }: CommandContext): Promise<CommandResult> {
	if (person.role !== 'ccb_admin') return [files.administratorsDecide];
	const isStopped = await services.channelOrders.stopReading(person, place);
	return [isStopped ? files.backfill.stopped : files.backfill.notRunning];
}

/** Null for what does not go together. */
function decisionOf(wanted: 'ingest' | 'knowledge', chosen: Value): ChannelDecision | null {
	if (chosen === 'backfill' || chosen === 'stop') return null;
	const decided = chosen === 'default' ? null : chosen;
	if (wanted === 'ingest') return decided === 'only' || decided === 'prefer' ? null : { ingest: decided };
	return decided === 'on' || decided === 'ask' ? null : { knowledge: decided };
}
