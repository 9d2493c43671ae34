/**
 * `channel`: what holds in a channel, and deciding it: what the bot answers there, with which model, in which language and when, what may be used in a
 * day and how long what was said is kept; whether files become documents, how answers use them, when those are old, and the weekly digest.
 */

import type { ChannelDecision } from '../administration/channel-orders.ts';
import type { CommandResult } from '../platform/command-result.ts';
import { channelStanding } from './channel-standing.ts';
import { type ChannelOrder, channelArguments, decisionOf, givenBesides } from './channel-words.ts';
import { type CommandContext, defineCommand } from './definition.ts';
import { modelCommand } from './model.ts';
import { readArguments } from './typed-arguments.ts';

export const channelCommand = defineCommand({
	names: { en: 'channel', es: 'canal' },
	audience: 'everyone',
	answer: 'private',
	arguments: channelArguments,
	examples: [
		'channel',
		'channel show',
		'channel mode mention',
		'channel mode all',
		'channel mode default',
		'channel model default',
		'channel locale spanish',
		'channel quiet 22:00-07:00',
		'channel quiet 20-8 Europe/Madrid everywhere',
		'channel quiet off',
		'channel budget 200000',
		'channel retention 90',
		'channel retention 365 everywhere',
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
		'canal ver',
		'canal modo mención',
		'canal idioma español',
		'canal silencio 22:00-07:00',
		'canal presupuesto 200000',
		'canal conservación 90 general',
		'canal incorporar desactivar',
		'canal incorporar anteriores',
		'canal conocimiento preferir',
		'canal caducidad 365',
		'canal resumen aquí',
	],
	isArgument(typed) {
		const read = readArguments(channelArguments, typed);
		if (!('values' in read)) return false;
		const { what, model } = read.values;
		return what !== undefined && (model === undefined || what === 'model');
	},
	explain: (_argument, { words }) => words.channel.how,
	async run(context, order) {
		const given = givenBesides(order);
		if (given === '' && (order.what === undefined || order.what === 'show')) return await channelStanding(context);
		if (order.what === 'model') return await chooseModel(context, order, given);
		if (order.what === 'ingest') {
			if (order.value === 'backfill' && (given === 'value' || given === 'value since')) return await readPast(context, order.since ?? null);
			if (order.value === 'stop' && given === 'value') return await stopReading(context);
		}
		const decision = decisionOf(order);
		return decision === null ? [context.words.channel.how] : await decide(context, decision);
	},
});

/** The same as `model NAME channel`. */
async function chooseModel(context: CommandContext, { value, model }: ChannelOrder, given: string): Promise<CommandResult> {
	const name = given === 'value' && value === 'default' ? value : given === 'model' ? model : undefined;
	if (name === undefined) return [context.words.channel.how];
	const result = await modelCommand.run(context, { model: value === 'default' ? null : name, scope: 'channel' });
	return Array.isArray(result) ? result : [];
}

/** As for the model of a channel: it is for everybody who reads there, and no platform tells the bot who looks after a channel. */
async function decide(context: CommandContext, decision: ChannelDecision): Promise<CommandResult> {
	const { person, place, words, services } = context;
	const isPersonal = place.kind === 'direct';
	if (isPersonal && 'ingest' in decision) return [words.files.personalAlways];
	if (isPersonal && 'digest' in decision) return [words.digest.notPersonal];
	if (isPersonal && 'rule' in decision && !decision.everywhere) return [words.channel.notPersonal];
	const isOwn = isPersonal && !('rule' in decision);
	if (!isOwn && person.role !== 'ccb_admin') return [words.files.administratorsDecide];
	const isDecided = await services.channelOrders.decide(person, place, decision);
	return isDecided ? await channelStanding(context) : [words.files.administratorsDecide];
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
