/** From packets of the gateway, and messages that were read later, to events that are stored. */

import type { Clock } from '#src/clock.ts';
import { type BotError, toBotError } from '#src/errors.ts';
import type { AdapterState } from '#src/platform/adapter-state.ts';
import type { ChatEvent, EventSink } from '#src/platform/chat-event.ts';
import type { DiscordCall } from './client.ts';
import { type Guilds, readChannel } from './guilds.ts';
import { addressOf, type DiscordChannel, isTalk, readEdited, readReceived, type Scene, toDeleted } from './inbound.ts';
import { asId, asObject, asObjects, asTime, type Json, timeOf } from './json.ts';
import type { MessageMemory } from './message-memory.ts';
import { createOrderedSink, type ReadEvents } from './ordered-sink.ts';
import { readChannelChange, readFilesLeft, readShared, toAppRemoved, toFilesGone } from './place-events.ts';
import { withAnswered } from './references.ts';
import type { Roots } from './roots.ts';
import { isFromApp } from './words.ts';

export interface Intake {
	/** Takes a packet of the gateway, before `Guilds` does. Never throws. */
	take(type: string, data: Json): void;
	/** Takes a message that was read. Resolves when that is done with; never rejects. */
	takeMessage(message: Json): Promise<void>;
	/** When the oldest event happened that is not stored yet; null when all are. */
	oldestWaitingMs(): number | null;
	stop(): void;
}

export interface IntakeDependencies {
	sink: EventSink;
	clock: Clock;
	state: AdapterState;
	call: DiscordCall;
	guilds: Guilds;
	roots: Roots;
	memory: MessageMemory;
	botUserId: () => string;
	onRejected: (reason: string) => void;
	onFailed: (error: BotError) => void;
	onMissed: (happenedAtMs: number) => void;
}

/** "Bulk Delete Messages" takes no more at a time. */
const mostDeletedAtOnce = 100;

/**
 * Pins, previews and new threads arrive as changes too, and bear the time of the last edit, which may be years old. A session that is resumed
 * tells what was missed within minutes.
 */
const freshMs = 15 * 60_000;

/** Under which keys the channels of direct conversations are kept, for `catch-up.ts`. */
export const directPrefix = 'dm:';

export function createIntake(deps: IntakeDependencies): Intake {
	const { call, guilds, roots, memory, state, clock, botUserId } = deps;
	const ordered = createOrderedSink(deps);
	const knownDirects = new Set<string>();

	async function findChannel(data: Json, signal: AbortSignal): Promise<DiscordChannel> {
		const channelId = asId(data['channel_id']);
		const guildId = asId(data['guild_id']);
		return guildId === '' ? { id: channelId, guildId: null, isThread: false } : await guilds.channel(channelId, guildId, signal);
	}

	async function sceneOf(data: Json, signal: AbortSignal): Promise<Scene> {
		const channel = await findChannel(data, signal);
		return { channel, botUserId: botUserId(), own: new Set([botUserId(), ...guilds.ownRoles()]), names: guilds.names };
	}

	/** Discord has no list of direct conversations: they are written down when they are met. */
	async function noteDirect({ id, guildId }: DiscordChannel): Promise<void> {
		if (guildId !== null || knownDirects.has(id)) return;
		await state.set(directPrefix + id, '');
		knownDirects.add(id);
	}

	/** Empty where messages form no chains. */
	async function rootIdOf({ channel }: Scene, message: Json, signal: AbortSignal): Promise<string> {
		return formsChains(channel) ? await roots.rootOf(channel.id, message, signal) : '';
	}

	/** What the bot itself said, for those who reply to it. */
	function rememberOwn(message: Json, { channel }: Scene): void {
		const rootId = formsChains(channel) ? roots.knownRootOf(message) : null;
		if (rootId !== null) memory.remember(asId(message['id']), { authorId: botUserId(), rootId });
	}

	async function created(given: Json, signal: AbortSignal): Promise<ChatEvent[]> {
		const scene = await sceneOf(given, signal);
		const messageId = asId(given['id']);
		const authorId = asId(asObject(given['author'])['id']);
		if (authorId === botUserId()) rememberOwn(given, scene);
		if (isFromApp(given)) return [];
		const shared = readShared(given, scene.channel);
		const message = await withAnswered(call, scene.channel.id, given, signal);
		const addressedBy = addressOf(message, scene);
		if (addressedBy === null) return isTalk(message, scene) ? [...talk(message, messageId, scene), ...shared] : shared;
		await noteDirect(scene.channel);
		const rootId = await rootIdOf(scene, message, signal);
		// In threads people also talk to each other where the bot takes no part: then not even the fact is kept.
		const isForBot = addressedBy !== 'thread' || formsChains(scene.channel);
		await (isForBot ? memory.keep(messageId, { authorId, rootId }) : memory.remember(messageId, { authorId, rootId }));
		return [...present(readReceived(message, scene, rootId)), ...shared];
	}

	/** In most channels nobody wants it answered: not even the fact is kept. */
	function talk(message: Json, messageId: string, scene: Scene): ChatEvent[] {
		return present(readReceived(message, scene, messageId));
	}

	/** Whoever names the bot afterwards asks it only then. Whether it was asked before, the core knows: the event's key is the same. */
	async function updated(given: Json, signal: AbortSignal): Promise<ChatEvent[]> {
		const editedAt = asTime(given['edited_timestamp']);
		if (editedAt === null || isFromApp(given)) return [];
		const scene = await sceneOf(given, signal);
		const messageId = asId(given['id']);
		const message = await withAnswered(call, scene.channel.id, given, signal);
		const known = memory.get(messageId);
		const addressedBy = addressOf(message, scene);
		const left = readFilesLeft(given, scene.channel, editedAt);
		if (known === undefined && addressedBy === null) return left;
		const rootId = known?.rootId ?? (await rootIdOf(scene, message, signal));
		const edited = [...present(readEdited(message, scene, rootId)), ...left];
		if (addressedBy !== 'mention' || clock.now() - Date.parse(editedAt) > freshMs) return edited;
		await memory.keep(messageId, { authorId: asId(asObject(message['author'])['id']), rootId });
		const asked = present(readReceived(message, scene, rootId));
		return [...asked.map((event) => ({ ...event, occurredAt: editedAt, byEdit: true as const })), ...edited];
	}

	async function deleted(messageId: string, data: Json, signal: AbortSignal): Promise<ChatEvent[]> {
		const known = await memory.find(messageId);
		if (known?.authorId === botUserId()) return [];
		const channel = await findChannel(data, signal);
		const gone = toFilesGone(messageId, channel, clock.now());
		return known === undefined ? [gone] : [toDeleted(messageId, channel, known, clock.now()), gone];
	}

	function put(data: Json, happenedAtMs: number, read: ReadEvents): Promise<void> {
		const guildId = asId(data['guild_id']);
		if (guildId !== '' && !guilds.served.has(guildId)) {
			deps.onRejected('guild');
			return Promise.resolve();
		}
		return ordered.put(asId(data['channel_id']), happenedAtMs, read);
	}

	function takeMessage(message: Json): Promise<void> {
		if (asId(message['id']) === '' || asId(message['channel_id']) === '') return Promise.resolve();
		return put(message, timeOf(asId(message['id'])), (signal) => created(message, signal));
	}

	function takeDeletion(data: Json, ids: unknown): void {
		for (const id of Array.isArray(ids) ? ids.slice(0, mostDeletedAtOnce) : []) {
			const messageId = asId(id);
			if (messageId !== '') void put(data, clock.now(), (signal) => deleted(messageId, data, signal));
		}
	}

	/** Read before `Guilds` takes the packet, which knows the channel as it was. */
	function takeChannel(data: Json, isGone: boolean): void {
		const before = guilds.known(asId(data['id']));
		const guildId = asId(data['guild_id']);
		if (before === null || guildId !== before.guildId) return;
		const events = readChannelChange(before, isGone ? null : readChannel(data, guildId), clock.now());
		if (events.length > 0) void put({ ...data, channel_id: before.id }, clock.now(), async () => events);
	}

	function takeRemoval(guildId: string): void {
		if (!guilds.served.has(guildId)) return;
		const removed = toAppRemoved(guildId, clock.now());
		void ordered.put('', clock.now(), async () => [removed]);
	}

	/** A new session is told all guilds that the bot is in: out of the others it may have been thrown while nobody listened. */
	function takeReady(ready: Json): void {
		if (!Array.isArray(ready['guilds'])) return;
		const there = new Set(asObjects(ready['guilds']).map(({ id }) => asId(id)));
		for (const guildId of guilds.served) if (!there.has(guildId)) takeRemoval(guildId);
	}

	const takers: Readonly<Record<string, (data: Json) => void>> = {
		MESSAGE_CREATE: (data) => void takeMessage(data),
		MESSAGE_UPDATE: (data) => void put(data, clock.now(), (signal) => updated(data, signal)),
		MESSAGE_DELETE: (data) => takeDeletion(data, [data['id']]),
		MESSAGE_DELETE_BULK: (data) => takeDeletion(data, data['ids']),
		READY: takeReady,
		// One that is unavailable has an outage.
		GUILD_DELETE: (data) => {
			if (data['unavailable'] !== true) takeRemoval(asId(data['id']));
		},
		CHANNEL_UPDATE: (data) => takeChannel(data, false),
		CHANNEL_DELETE: (data) => takeChannel(data, true),
		THREAD_UPDATE: (data) => takeChannel(data, false),
		THREAD_DELETE: (data) => takeChannel(data, true),
	};

	return {
		take(type, data) {
			try {
				takers[type]?.(data);
			} catch (thrown) {
				deps.onFailed(toBotError(thrown));
			}
		},
		takeMessage,
		oldestWaitingMs: ordered.oldestWaitingMs,
		stop: ordered.stop,
	};
}

function present<Event>(event: Event | null): Event[] {
	return event === null ? [] : [event];
}

/** In the channels of guilds; elsewhere the whole channel is one conversation. */
function formsChains({ guildId, isThread }: DiscordChannel): boolean {
	return guildId !== null && !isThread;
}
