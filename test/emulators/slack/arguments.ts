/** Web API arguments: read from form-encoded or JSON bodies, with nested values as JSON strings. */

import type { Core } from './core.ts';
import { type Channel, type Json, SlackFailure, type StoredMessage, type User } from './types.ts';
import { isJson } from './visible-text.ts';

/** Arguments that hold structures, and so arrive as JSON strings in a form body. Anything else stays the text it is. */
const structured = new Set(['attachments', 'blocks', 'chunks', 'files', 'loading_messages', 'metadata', 'prompts', 'view']);

/** Reads a body as Slack does, by its content type; the query string is not read. @throws SlackFailure `invalid_json`, `invalid_form_data`. */
export function readArguments(contentType: string, body: string): Json {
	const given = contentType.startsWith('application/json') ? readJson(body) : Object.fromEntries(new URLSearchParams(body));
	return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, structured.has(name) ? decode(value) : value]));
}

/** The argument as text; undefined when it is missing or empty. */
export function optionalText(given: Json, name: string): string | undefined {
	const value = given[name];
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** @throws SlackFailure `invalid_arguments` when it is missing. */
export function requiredText(given: Json, name: string): string {
	const value = optionalText(given, name);
	if (value === undefined) throw new SlackFailure('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
	return value;
}

export function flag(given: Json, name: string): boolean {
	return given[name] === true || given[name] === 'true' || given[name] === '1';
}

/** A whole number within bounds, `fallback` when it is not given. */
export function integer(given: Json, name: string, fallback: number, highest: number): number {
	const value = optionalText(given, name);
	if (value === undefined) return fallback;
	const number = Number(value);
	if (!Number.isInteger(number) || number < 1) throw new SlackFailure('invalid_limit');
	return Math.min(number, highest);
}

/** One page of a list, and the cursor of the next one: empty on the last. @throws SlackFailure `invalid_cursor`. */
export function paginate<Item>(items: readonly Item[], limit: number, cursor: string | undefined): { page: Item[]; cursor: string } {
	const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString());
	if (!Number.isInteger(start)) throw new SlackFailure('invalid_cursor');
	const end = start + limit;
	return { page: items.slice(start, end), cursor: end < items.length ? Buffer.from(String(end)).toString('base64') : '' };
}

/** A channel that the bot can see. @throws SlackFailure `channel_not_found`: also for private channels without the bot. */
export function visibleChannel(core: Core, id: string): Channel {
	const channel = core.workspace.channel(id);
	if (channel === undefined || (channel.isPrivate && !channel.botIsMember)) throw new SlackFailure('channel_not_found');
	return channel;
}

/** A channel that the bot belongs to. @throws SlackFailure `channel_not_found`, `not_in_channel`. */
export function joinedChannel(core: Core, id: string): Channel {
	const channel = visibleChannel(core, id);
	if (!channel.botIsMember) throw new SlackFailure('not_in_channel');
	return channel;
}

/** A channel that the bot may write to. @throws SlackFailure `channel_not_found`, `not_in_channel`, `is_archived`. */
export function writableChannel(core: Core, id: string): Channel {
	const channel = joinedChannel(core, id);
	if (channel.isArchived) throw new SlackFailure('is_archived');
	return channel;
}

/** A channel whose settings let the bot post. @throws SlackFailure as `writableChannel`, or what the settings call for ("chat.postMessage", errors). */
export function postableChannel(core: Core, id: string): Channel {
	const channel = writableChannel(core, id);
	if (channel.postingRefusal !== null) throw new SlackFailure(channel.postingRefusal);
	return channel;
}

/** The bot's own message. @throws SlackFailure `message_not_found`, or `foreign` when somebody else wrote it. */
export function ownMessage(core: Core, channel: Channel, ts: string, foreign: string): StoredMessage {
	const message = core.messages.get(channel.id, ts);
	if (message === undefined || message.deleted) throw new SlackFailure('message_not_found');
	if (message.botId !== core.identity.botId) throw new SlackFailure(foreign);
	return message;
}

/** @throws SlackFailure `user_not_found`. */
export function knownUser(core: Core, id: string): User {
	const user = core.workspace.user(id);
	if (user === undefined) throw new SlackFailure('user_not_found');
	return user;
}

/**
 * The root of a thread to write to, when one was given.
 * @throws SlackFailure `invalid_thread_ts` for a message that never was, `cannot_reply_to_message` for a reply.
 */
export function threadRoot(core: Core, channel: Channel, threadTs: string | undefined): string | undefined {
	if (threadTs === undefined) return undefined;
	const root = core.messages.get(channel.id, threadTs);
	if (root === undefined) throw new SlackFailure('invalid_thread_ts');
	if (root.threadTs !== undefined) throw new SlackFailure('cannot_reply_to_message');
	return threadTs;
}

function readJson(body: string): Json {
	const value = parse(body);
	if (!isJson(value)) throw new SlackFailure('invalid_json');
	return value;
}

function decode(value: unknown): unknown {
	return typeof value === 'string' ? (parse(value) ?? value) : value;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
