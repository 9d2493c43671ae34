/**
 * `channel`: whether files that are shared here become documents, those of the past too, how answers use documents, when those are old, and the weekly
 * digest.
 */

import { z } from 'zod';
import type { ChannelDecision } from '../administration/channel-orders.ts';
import type { CommandResult } from '../platform/command-result.ts';
import { choiceOf } from './choices.ts';
import { dayCount } from './day-count.ts';
import { type CommandContext, defineCommand } from './definition.ts';
import { splitArguments } from './typed-arguments.ts';

const what = choiceOf({
	ingest: { en: 'ingest', es: 'incorporar', otherWords: ['files', 'archivos'] },
	knowledge: { en: 'knowledge', es: 'conocimiento', otherWords: ['docs', 'documentos'] },
	stale: { en: 'stale', es: 'caducidad', otherWords: ['antigüedad', 'antiguedad', 'old'] },
	digest: { en: 'digest', es: 'resumen' },
});

const value = choiceOf({
	on: { en: 'on', es: 'activar' },
	off: { en: 'off', es: 'desactivar' },
	ask: { en: 'ask', es: 'preguntar' },
	here: { en: 'here', es: 'aquí', otherWords: ['aqui'] },
	only: { en: 'only', es: 'solo', otherWords: ['sólo'] },
	prefer: { en: 'prefer', es: 'preferir' },
	backfill: { en: 'backfill', es: 'anteriores' },
	stop: { en: 'stop', es: 'parar' },
	default: { en: 'default', es: 'predeterminado', otherWords: ['standard', 'estándar', 'estandar'] },
});

/** After how many days a source is old. */
const days = dayCount();

/** A day of the calendar, from its beginning in UTC on. */
const since = {
	schema: z.iso
		.date()
		.transform((day) => `${day}T00:00:00.000Z`)
		.optional(),
};

type What = NonNullable<ReturnType<typeof what.schema.parse>>;
type Value = NonNullable<ReturnType<typeof value.schema.parse>>;

const names = ['what', 'value', 'days', 'since'];

export const channelCommand = defineCommand({
	names: { en: 'channel', es: 'canal' },
	audience: 'everyone',
	answer: 'private',
	arguments: { what, value, days, since },
	examples: [
		'channel',
		'channel ingest ask',
		'channel ingest backfill',
		'channel ingest backfill 2026-01-31',
		'channel ingest stop',
		'channel knowledge only',
		'channel knowledge default',
		'channel stale 365',
		'channel stale default',
		'channel digest on',
		'canal',
		'canal incorporar desactivar',
		'canal incorporar anteriores',
		'canal conocimiento preferir',
		'canal caducidad 365',
		'canal resumen aquí',
	],
	isArgument(typed) {
		const given = splitArguments({ what, value, days, since }, typed);
		const isRead = [what, value, days, since].every((argument, at) => argument.schema.safeParse(given[names[at] ?? '']).success);
		return given['what'] !== undefined && isRead;
	},
	explain: (_argument, { words }) => words.channel.how,
	async run(context, { what: wanted, value: chosen, days: count, since: day }) {
		if (wanted === undefined && chosen === undefined && count === undefined) return await show(context);
		if (wanted === 'ingest' && count === undefined) {
			if (chosen === 'backfill') return await readPast(context, day ?? null);
			if (chosen === 'stop' && day === undefined) return await stopReading(context);
		}
		const decision = day === undefined ? decisionOf(wanted, chosen, count) : null;
		if (decision === null) return [context.words.channel.how];
		return await decide(context, decision);
	},
});

async function show({ person, place, words, services: { files, uses, channelOrders } }: CommandContext): Promise<CommandResult> {
	const { ingestion } = await files.standing(place, person.userId);
	const ingest = place.kind === 'direct' ? words.files.personalAlways : words.files.here[ingestion];
	const { use, staleAfterDays } = await uses.of(place);
	const digest = place.kind === 'direct' ? null : await channelOrders.digestOf(person, place);
	const standing = digest === null ? [] : [words.digest.standing[digest]];
	return [ingest, words.channel.knowledge[use], words.channel.stale(staleAfterDays), ...standing];
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
function decisionOf(wanted: What | undefined, chosen: Value | undefined, count: number | undefined): ChannelDecision | null {
	if (wanted === 'stale') return staleOf(chosen, count);
	if (wanted === undefined || chosen === undefined || count !== undefined) return null;
	if (wanted === 'digest') return digestDecisions[chosen] ?? null;
	if (chosen === 'backfill' || chosen === 'stop') return null;
	const decided = chosen === 'default' ? null : chosen;
	if (decided === 'here') return null;
	if (wanted === 'ingest') return decided === 'only' || decided === 'prefer' ? null : { ingest: decided };
	return decided === 'on' || decided === 'ask' ? null : { knowledge: decided };
}

/** A number of days, or the word that takes it back. */
function staleOf(chosen: Value | undefined, count: number | undefined): ChannelDecision | null {
	if (chosen === undefined) return count === undefined ? null : { staleAfterDays: count };
	return count === undefined && (chosen === 'default' || chosen === 'off') ? { staleAfterDays: null } : null;
}
const digestDecisions: Partial<Record<Value, ChannelDecision>> = {
	on: { digest: 'private' },
	here: { digest: 'here' },
	off: { digest: null },
	default: { digest: null },
};
