/** The book of turns in Redis: the script of `turn-script.ts` behind the methods of the port, and what this process hears from the others. */

import type { Logger } from '../../log.ts';
import { answerOf, createRedisConnection, KEY_PREFIX, reasonOf, unavailable } from '../../redis/connection.ts';
import { createProbe } from '../../redis/probe.ts';
import type { HostLoad, HostView, Places, QueueState, TicketBook, TicketMessage, TicketRefusal } from '../ticket-book.ts';
import { ticketBase, ticketChannel, ticketScript } from './ticket-script.ts';

/** Nobody looks at a wait for a slot with a stop-watch: rather late than divided queues because Redis or this process was busy. */
const TURN_ANSWER_WITHIN_MS = 500;

export interface RedisTicketBook extends TicketBook {
	/** Starts connecting. Rejects with `STORE_UNAVAILABLE` when the first attempt fails; the attempts go on by themselves. */
	connect(): Promise<void>;
	/** Whether Redis can be used again; also brings the script there, so that later commands keep their order. Rejects when not. */
	probe(): Promise<void>;
	close(): void;
}

export interface RedisTicketBookParts {
	url: string;
	/** What the queue is for: one book for each. */
	queue: string;
	processId: string;
	hear: (message: TicketMessage) => void;
	/** A connection was lost, or messages may have been. */
	onDoubt: () => void;
	logger: Logger;
	answerWithinMs?: number;
}

interface TurnCommands {
	turns(base: string, processId: string, operation: string, details: string): Promise<unknown>;
}

type Reply = [heard: string[], result: (string | number)[]];

export function createRedisTicketBook(parts: RedisTicketBookParts): RedisTicketBook {
	const { url, queue, processId, hear, onDoubt, logger, answerWithinMs = TURN_ANSWER_WITHIN_MS } = parts;
	let lastReason = 'NOT_CONNECTED';
	const noteError = (error: unknown): void => {
		lastReason = reasonOf(error);
	};
	const commands = createRedisConnection<TurnCommands>(url, noteError, { turns: ticketScript });
	const subscriber = createRedisConnection(url, noteError);
	const channel = ticketChannel(KEY_PREFIX, queue, processId);

	subscriber.on('message', (_channel: string, text: string) => hearText(text));
	subscriber.on('ready', () => void follow());
	for (const connection of [commands, subscriber]) connection.on('close', onDoubt);

	async function follow(): Promise<void> {
		try {
			await answerOf(subscriber.subscribe(channel), answerWithinMs);
			// Whatever was said before went unheard.
			onDoubt();
		} catch (error) {
			logger.warn({ reason: reasonOf(error) }, 'Redis did not confirm that this process hears of its turns; it will ask instead');
		}
	}

	function hearText(text: string): void {
		const message = readMessage(text);
		if (message !== null) hear(message);
	}

	async function send(operation: string, details: object = {}): Promise<(string | number)[]> {
		// Without a connection, say what the last attempt to connect died of.
		if (commands.status !== 'ready') throw unavailable(lastReason);
		const answer = commands.turns(ticketBase(queue), processId, operation, JSON.stringify(details)) as Promise<Reply>;
		const [heard, result] = await answerOf(answer, answerWithinMs);
		for (const text of heard) hearText(text);
		return result;
	}

	return {
		async register({ hosts, learned, meanHoldMs, waiting, ...presence }) {
			await send('register', {
				...presence,
				view: viewText(hosts),
				learned: Object.fromEntries(learned),
				means: Object.fromEntries(meanHoldMs),
				waiting: waiting.map(({ offset, ...entry }) => ({ ...entry, ...(offset === null ? {} : { offset }) })),
			});
		},
		async beat() {
			const [processes = 1, state = 'open', count = 0, ...rest] = await send('beat');
			const known = rest.splice(0, Number(count) * 2);
			return {
				processes: Number(processes),
				state: state as QueueState,
				learned: numbersByName(known),
				turns: new Map(inGroups(rest, 2).map(([id, noted]) => [String(id), readNote(String(noted))])),
			};
		},
		async setHosts(hosts) {
			await send('hosts', { view: viewText(hosts) });
		},
		enter: async (entry, queueLimit) => toPlaces(await send('enter', { entry, queueLimit })),
		places: async () => toPlaces(await send('places')),
		started: async (id) => toLoad(await send('started', { id })),
		leave: async (id, use) =>
			toLoad(await send('leave', { id, ...(use?.heldMs == null ? {} : { heldMs: use.heldMs, isComplete: use.isComplete }) })),
		load: async (host) => toLoad(await send('load', { host })),
		async learn(host, slots) {
			await send('learn', { host, slots });
		},
		async setState(state) {
			await send('state', { state });
		},
		async view() {
			const [state = 'open', interactive = 0, background = 0, users = 0, oldest = 0, ...hosts] = await send('view');
			return {
				state: state as QueueState,
				waiting: { interactive: Number(interactive), background: Number(background) },
				users: Number(users),
				oldestWaitMs: Number(oldest),
				hosts: inGroups(hosts, 4).map(([host, model, running, slots]) => ({
					host: String(host),
					model: String(model),
					running: Number(running),
					slots: Number(slots),
				})),
			};
		},
		async quit() {
			await send('quit');
		},
		async connect() {
			// What these reject with may say no more than "closed"; the error listener has heard why.
			const ignored = () => undefined;
			subscriber.connect().catch(ignored);
			await commands.connect().catch(ignored);
			if (commands.status !== 'ready') throw unavailable(lastReason);
		},
		probe: createProbe(() => send('view'), [commands, subscriber]),
		close() {
			commands.disconnect();
			subscriber.disconnect();
		},
	};
}

function viewText(hosts: readonly HostView[]): string {
	return hosts
		.map(({ host, model, isSpared, isModelLoaded, slots, isLearned }) => {
			const rank = (isSpared ? 2 : 0) + (isModelLoaded ? 0 : 1);
			return `${host} ${model} ${rank} ${slots} ${isLearned ? 1 : 0}`;
		})
		.join('\n');
}

/** What `own:` of the script says of an entry. */
function readNote(noted: string): { host: string | null; isRecalled: boolean } {
	const isRunning = noted.startsWith('+') || noted.startsWith('!');
	return { host: isRunning ? noted.slice(1) : null, isRecalled: noted.startsWith('!') };
}

function readMessage(text: string): TicketMessage | null {
	const [type, one = '', other = ''] = text.split(' ');
	if (type === 'granted') return { type, id: one, host: other };
	if (type === 'refused') return { type, id: one, reason: other as TicketRefusal };
	if (type === 'recalled') return { type, id: one };
	if (type === 'learned') return { type, host: one, slots: Number(other) };
	return type === 'forgotten' ? { type } : null;
}

function toPlaces([state = 'open', count = 0, ...rest]: (string | number)[]): Places {
	const means = rest.splice(0, Number(count) * 2);
	const places = inGroups(rest, 3).map(
		([id, position, offset]) => [String(id), { position: Number(position), offset: Number(offset) }] as const,
	);
	return { places: new Map(places), meanHoldMs: numbersByName(means), state: state as QueueState };
}

/** Redis says 0 for what it does not know. */
function toLoad([streaming = 0, slots = 0]: (string | number)[]): HostLoad {
	return { streaming: Number(streaming), slots: Number(slots) || null };
}

function numbersByName(values: readonly (string | number)[]): Map<string, number> {
	return new Map(inGroups(values, 2).map(([name, value]) => [String(name), Number(value)]));
}

function inGroups(values: readonly (string | number)[], size: number): (string | number)[][] {
	return Array.from({ length: Math.floor(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
}
