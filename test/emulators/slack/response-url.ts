/** What happens when the app answers through a response_url: an ephemeral or visible message, or a change of the original. */

import { checkBlocks } from './blocks.ts';
import type { Core } from './core.ts';
import type { ResponseTarget } from './handles.ts';
import { remove } from './methods/chat.ts';
import { type Block, type Json, SlackFailure, type StoredMessage, type UrlResponse } from './types.ts';
import { messageToWire } from './wire.ts';

/** @throws SlackFailure `invalid_url`, `expired_url`, `used_url`, `no_text` and those of blocks. */
export function answerResponseUrl(core: Core, path: string, given: Json): void {
	const target = core.handles.useResponsePath(path);
	const response: UrlResponse = {
		text: typeof given.text === 'string' ? given.text : '',
		blocks: checkBlocks(given.blocks),
		inChannel: given.response_type === 'in_channel',
		replaceOriginal: given.replace_original === true || given.replace_original === 'true',
		deleteOriginal: given.delete_original === true || given.delete_original === 'true',
	};
	if (response.blocks.length === 0 && response.text === '' && !response.deleteOriginal) throw new SlackFailure('no_text');
	target.responses.push(response);
	carryOut(core, target, response, typeof given.thread_ts === 'string' ? given.thread_ts : undefined);
}

function carryOut(core: Core, target: ResponseTarget, response: UrlResponse, threadTs: string | undefined): void {
	const original = target.messageTs === undefined ? undefined : core.messages.get(target.channel, target.messageTs);
	const { text, blocks } = response;
	if (response.deleteOriginal || response.replaceOriginal) {
		if (original !== undefined && response.deleteOriginal) remove(core, original);
		else if (original !== undefined) replace(core, original, text, blocks);
	} else if (response.inChannel) {
		const { botUserId: user, botId } = core.identity;
		core.events.messagePosted(core.messages.add({ channel: target.channel, user, botId, text, blocks }));
	} else {
		core.surface.addEphemeral(target.channel, target.user, { text, blocks, ...(threadTs === undefined ? {} : { threadTs }) });
	}
}

function replace(core: Core, original: StoredMessage, text: string, blocks: Block[]): void {
	const previous = messageToWire(core, original);
	Object.assign(original, { text, blocks, stream: undefined });
	core.messages.changed(original);
	core.events.messageChanged(original, previous);
}
