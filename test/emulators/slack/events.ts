/** The Events API: which events a change causes, their envelopes, and re-delivery until the app acknowledges. */

import { randomUUID } from 'node:crypto';
import type { Core } from './core.ts';
import { scopeOfEvent } from './scopes.ts';
import type { Answer, Envelope, Transport } from './transport.ts';
import type { Channel, Json, RecordedDelivery, StoredMessage } from './types.ts';
import { messageToWire } from './wire.ts';

export interface EventDelivery {
	/** A new message, by a person or by the app itself: `message`, and `app_mention` too when a person mentions the bot. */
	messagePosted(message: StoredMessage): void;
	/** `previous` is the message object as it was. When a person changed its words, and it mentions the bot now, `app_mention` comes too. */
	messageChanged(message: StoredMessage, previous: Json): void;
	messageDeleted(message: StoredMessage, previous: Json): void;
	/** Any other event; without a channel when it happened in none. Nothing is sent that the app has no scope for. */
	emit(event: Json & { type: string }, channel: Channel | null, key: string): void;
	/** A payload of its own, without the event envelope: buttons, commands, `app_rate_limited`. One attempt. */
	sendOnce(envelope: Envelope, record: Pick<RecordedDelivery, 'eventId' | 'key' | 'type'>): Promise<Answer>;
}

export interface EventSettings {
	transport: () => Transport;
	/** Waiting times before the second, third, … delivery of an event that was not acknowledged. */
	retryDelaysMs: readonly number[];
	/** Says whether the next delivery is sent twice, and whether its acknowledgement gets lost. */
	disturbance: { duplicates: boolean; acksToDrop: number };
	deliveries: RecordedDelivery[];
	/** Ends all waiting when the emulator closes. */
	signal: AbortSignal;
}

/** Creates the delivery of events. Nothing here waits: deliveries go on in the background until they are acknowledged or given up. */
export function createEventDelivery(core: () => Core, settings: EventSettings): EventDelivery {
	const attempt = async (envelope: Envelope, record: Pick<RecordedDelivery, 'eventId' | 'key' | 'type'>): Promise<Answer> => {
		const delivery: RecordedDelivery = { ...record, atMs: core().now(), httpStatus: null, attempt: envelope.attempt };
		settings.deliveries.push(delivery);
		const answer = await settings.transport().send(envelope);
		if (settings.disturbance.acksToDrop > 0 && answer.failure === undefined) {
			settings.disturbance.acksToDrop -= 1;
			return { ...answer, status: null, failure: 'http_timeout' };
		}
		delivery.httpStatus = answer.status;
		return answer;
	};
	const deliver = async (payload: Json, record: Pick<RecordedDelivery, 'eventId' | 'key' | 'type'>): Promise<void> => {
		let answer = await attempt({ type: 'events_api', payload, attempt: 0 }, record);
		for (const [index, delayMs] of settings.retryDelaysMs.entries()) {
			if (answer.failure === undefined || answer.noRetry || !(await waited(delayMs, settings.signal))) return;
			answer = await attempt({ type: 'events_api', payload, attempt: index + 1, retryReason: answer.failure }, record);
		}
	};
	const emit: EventDelivery['emit'] = (event, channel, key) => {
		const scope = scopeOfEvent(event.type, channel ?? undefined);
		if (scope !== undefined && !core().scopes().includes(scope)) return;
		const payload = eventEnvelope(core(), event, channel);
		const record = { eventId: String(payload.event_id), key, type: event.type };
		for (let copies = settings.disturbance.duplicates ? 2 : 1; copies > 0; copies -= 1) void deliver(payload, record);
	};
	return { ...messageEvents(core, emit), emit, sendOnce: attempt };
}

type MessageEvents = Pick<EventDelivery, 'messagePosted' | 'messageChanged' | 'messageDeleted'>;

function messageEvents(core: () => Core, emit: EventDelivery['emit']): MessageEvents {
	/** The app hears only of channels that the bot belongs to. */
	const heard = (message: StoredMessage, use: (channel: Channel, place: Json, key: string) => void) => {
		const channel = core().workspace.channel(message.channel);
		if (channel?.botIsMember) use(channel, { channel: channel.id, channel_type: channel.kind }, `${channel.id}:${message.ts}`);
	};
	/** The event of the message itself, and that of its mention. */
	const emitBoth = (message: StoredMessage, event: Json & { type: string }, channel: Channel, key: string) => {
		const events = [event];
		const mentioned = message.botId === undefined && mentions(message, core().identity.botUserId);
		const mention = { ...messageToWire(core(), message), subtype: undefined, channel: channel.id, event_ts: event['event_ts'] };
		if (mentioned) events.push({ ...mention, type: 'app_mention' });
		// Slack promises no order between the two.
		if (Math.random() < 0.5) events.reverse();
		for (const one of events) emit(one, channel, key);
	};
	return {
		messagePosted: (message) =>
			heard(message, (channel, place, key) => {
				emitBoth(message, { ...messageToWire(core(), message), ...place, type: 'message', event_ts: message.ts }, channel, key);
			}),
		messageChanged: (message, previous) =>
			heard(message, (channel, place, key) => {
				const ts = core().workspace.nextTs();
				const changed = { message: messageToWire(core(), message), previous_message: previous };
				const event = { type: 'message', subtype: 'message_changed', hidden: true, ...place, ...changed, ts, event_ts: ts };
				// Previews of links, replies and the like are changes without a new mark of an edit.
				if (message.edited === previous['edited']) emit(event, channel, key);
				else emitBoth(message, event, channel, key);
			}),
		messageDeleted: (message, previous) =>
			heard(message, (channel, place, key) => {
				const ts = core().workspace.nextTs();
				const deleted = { deleted_ts: message.ts, previous_message: previous };
				emit({ type: 'message', subtype: 'message_deleted', hidden: true, ...place, ...deleted, ts, event_ts: ts }, channel, key);
			}),
	};
}

/** In the text, or in the rich text that stands for it. */
function mentions({ text, blocks }: StoredMessage, userId: string): boolean {
	return text.includes(`<@${userId}>`) || JSON.stringify(blocks).includes(`"user_id":"${userId}"`);
}

function eventEnvelope(core: Core, event: Json, channel: Channel | null): Json {
	const { teamId, appId, botUserId } = core.identity;
	const enterpriseId = core.identity.enterpriseId ?? null;
	return {
		token: 'verification-token',
		team_id: teamId,
		...(enterpriseId !== null && { enterprise_id: enterpriseId }),
		context_team_id: teamId,
		context_enterprise_id: enterpriseId,
		api_app_id: appId,
		event,
		type: 'event_callback',
		event_id: core.workspace.nextId('Ev'),
		event_time: Math.floor(core.now() / 1000),
		authorizations: [{ enterprise_id: enterpriseId, team_id: teamId, user_id: botUserId, is_bot: true, is_enterprise_install: false }],
		is_ext_shared_channel: channel?.isExtShared ?? false,
		event_context: randomUUID(),
	};
}

/** Gives false when the emulator closed meanwhile. */
function waited(delayMs: number, signal: AbortSignal): Promise<boolean> {
	if (signal.aborted) return Promise.resolve(false);
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			resolve(!signal.aborted);
		};
		const timer = setTimeout(end, delayMs);
		signal.addEventListener('abort', end);
	});
}
