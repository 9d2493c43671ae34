/** chat.startStream, chat.appendStream, chat.stopStream: text that appears while it is written. */

import { optionalText, ownMessage, postableChannel, requiredText, threadRoot } from '../arguments.ts';
import { checkBlocks, hasTooManyBlocks } from '../blocks.ts';
import type { Core } from '../core.ts';
import { sessionStatuses } from '../surface.ts';
import { type Block, type Channel, type Json, SlackFailure, type StoredMessage, type StreamState } from '../types.ts';
import { isJson } from '../visible-text.ts';
import { messageToWire } from '../wire.ts';
import { readMarkdownText, readMetadata } from './content.ts';
import type { Methods } from './method.ts';

/** Undocumented life of a stream, appends or not (node-slack-sdk issue 2702). */
const streamLifetimeMs = 5 * 60_000;
/** Undocumented cap on all text of one streamed message, in UTF-8 bytes; measured between 10.6 and 11.3 kB. */
const streamCapBytes = 11_000;
/** Markdown of one call in characters, in `markdown_text` or summed over the chunks. */
const perCallLimit = 12_000;
const taskStates = new Set(['pending', 'in_progress', 'complete', 'error']);

interface Addition {
	text: string;
	blocks: Block[];
	isEmpty: boolean;
}

export const streamMethods: Methods = {
	'chat.startStream': (core, given) => {
		const channel = postableChannel(core, requiredText(given, 'channel'));
		const threadTs = threadRoot(core, channel, requiredText(given, 'thread_ts'));
		checkRecipient(core, channel, given);
		const addition = readAddition(given);
		const { botUserId: user, botId } = core.identity;
		const stream: StreamState = { text: '', sizeBytes: 0, state: 'in_progress', stoppedByUser: false, startedAtMs: core.now() };
		extend(stream, addition);
		const message = core.messages.add({
			channel: channel.id,
			user,
			botId,
			threadTs,
			stream,
			text: stream.text,
			blocks: addition.blocks,
		});
		core.surface.setStatus(channel.id, threadTs ?? message.ts, '');
		core.events.messagePosted(message);
		return { channel: channel.id, ts: message.ts };
	},
	'chat.appendStream': (core, given) => {
		const { message, stream } = openStream(core, given);
		const addition = readAddition(given);
		if (stream.stoppedByUser) throw new SlackFailure('stopped_by_user');
		if (addition.isEmpty) throw new SlackFailure('no_text');
		extend(stream, addition, message.blocks);
		show(core, message, stream, addition);
		return { channel: message.channel, ts: message.ts };
	},
	'chat.stopStream': (core, given) => {
		const { message, stream } = openStream(core, given);
		const addition = readAddition(given);
		// Someone who pressed Stop wants no more text; closing without any still works, because the app has to finish the session.
		if (stream.stoppedByUser && addition.text !== '') throw new SlackFailure('stopped_by_user');
		const closing = { ...addition, blocks: [...addition.blocks, ...checkBlocks(given.blocks)] };
		const metadata = readMetadata(given.metadata);
		const status = optionalText(given, 'session_status');
		if (status !== undefined && !sessionStatuses.has(status))
			throw new SlackFailure('invalid_arguments', ['[ERROR] unknown session_status']);
		const previous = messageToWire(core, message);
		extend(stream, closing, message.blocks);
		Object.assign(stream, { state: 'completed', stoppedByUser: false } satisfies Partial<StreamState>);
		message.metadata = metadata ?? message.metadata;
		show(core, message, stream, closing);
		if (status !== undefined) core.surface.setSession(message.channel, message.threadTs ?? message.ts, { status });
		core.events.messageChanged(message, previous);
		return { channel: message.channel, ts: message.ts, message: messageToWire(core, message, { metadata: true }) };
	},
};

/** Ends a stream that lived too long: what a person sees then looks stuck, and only chat.update helps. */
export function endIfExpired(core: Core, message: StoredMessage): void {
	const { stream } = message;
	if (stream?.state !== 'in_progress' || core.now() - stream.startedAtMs <= streamLifetimeMs) return;
	stream.state = 'errored';
	core.messages.changed(message);
}

function openStream(core: Core, given: Json): { message: StoredMessage; stream: StreamState } {
	const channel = postableChannel(core, requiredText(given, 'channel'));
	const message = ownMessage(core, channel, requiredText(given, 'ts'), 'message_not_owned_by_app');
	endIfExpired(core, message);
	const { stream } = message;
	if (stream === undefined || (stream.state !== 'in_progress' && !stream.stoppedByUser))
		throw new SlackFailure('message_not_in_streaming_state');
	return { message, stream };
}

/** Outside a direct message Slack must know for whom the stream is. */
function checkRecipient(core: Core, channel: Channel, given: Json): void {
	if (channel.kind === 'im') return;
	const userId = optionalText(given, 'recipient_user_id');
	if (userId === undefined) throw new SlackFailure('missing_recipient_user_id');
	if (optionalText(given, 'recipient_team_id') === undefined) throw new SlackFailure('missing_recipient_team_id');
	if (core.workspace.user(userId) === undefined) throw new SlackFailure('user_not_found');
}

/** `markdown_text` or `chunks`, never both; neither is an empty addition. */
function readAddition(given: Json): Addition {
	const markdown = readMarkdownText(given);
	if (given.chunks === undefined) return { text: markdown ?? '', blocks: [], isEmpty: markdown === undefined };
	if (markdown !== undefined || !Array.isArray(given.chunks)) throw new SlackFailure('invalid_chunks');
	const chunks = given.chunks.map(readChunk);
	const text = chunks.map((chunk) => chunk.text).join('');
	if (text.length > perCallLimit) throw new SlackFailure('msg_too_long');
	return { text, blocks: chunks.flatMap(({ blocks }) => blocks), isEmpty: chunks.length === 0 };
}

function readChunk(chunk: unknown): { text: string; blocks: Block[] } {
	if (!isJson(chunk)) throw new SlackFailure('invalid_chunks');
	if (chunk.type === 'markdown_text' && typeof chunk.text === 'string') return { text: chunk.text, blocks: [] };
	if (chunk.type === 'blocks') return { text: '', blocks: checkBlocks(chunk.blocks) };
	const isTask =
		chunk.type === 'task_update' && typeof chunk.id === 'string' && typeof chunk.title === 'string' && taskStates.has(String(chunk.status));
	if (isTask || (chunk.type === 'plan_update' && typeof chunk.title === 'string')) return { text: '', blocks: [] };
	throw new SlackFailure('invalid_chunks');
}

/** Takes the addition in, or nothing at all when the message would go past a cap. `shown` are the blocks that stand beside its text. */
function extend(stream: StreamState, addition: Addition, shown: readonly Block[] = []): void {
	const sizeBytes = stream.sizeBytes + Buffer.byteLength(addition.text);
	if (sizeBytes > streamCapBytes) throw new SlackFailure('msg_too_long');
	const ofText = { type: 'markdown', text: stream.text + addition.text };
	// "chat.appendStream": "Max blocks exceeded, blocks are limited to 50 per message."
	if (hasTooManyBlocks([ofText, ...shown, ...addition.blocks])) throw new SlackFailure('msg_blocks_too_many');
	stream.sizeBytes = sizeBytes;
	stream.text += addition.text;
}

function show(core: Core, message: StoredMessage, stream: StreamState, addition: Addition): void {
	message.text = stream.text;
	message.blocks = [...message.blocks, ...addition.blocks];
	core.messages.changed(message);
}
