/** Messages in channels: read, written, edited, deleted, reacted to. */

import { existingMessage, requirePermissions, textChannel } from '../access.ts';
import type { Core } from '../core.ts';
import { invalidForm } from '../failure.ts';
import { messageToWire } from '../message-wire.ts';
import { deleteMessage, editMessage, postMessage } from '../posting.ts';
import type { Channel, Json, StoredMessage } from '../types.ts';
import { noContent, ok, type Route, type RouteRequest } from './route.ts';

export const messageRoutes: readonly Route[] = [
	{
		operation: 'list-messages',
		method: 'GET',
		path: '/channels/:channel/messages',
		handle({ core, parameters, query }) {
			const channel = textChannel(core, parameters.channel);
			// Without READ_MESSAGE_HISTORY the list is empty, not refused (page "Messages Resource", Get Channel Messages).
			if (!core.world.may(core.identity.botUserId, channel, 'readMessageHistory')) return ok([]);
			return ok(page(core, channel, query).map((message) => toWire(core, message)));
		},
	},
	{
		operation: 'get-message',
		method: 'GET',
		path: '/channels/:channel/messages/:message',
		handle({ core, parameters }) {
			const channel = textChannel(core, parameters.channel);
			requirePermissions(core, channel, 'readMessageHistory');
			return ok(toWire(core, existingMessage(core, channel, parameters.message)));
		},
	},
	{
		operation: 'create-message',
		method: 'POST',
		path: '/channels/:channel/messages',
		handle({ core, parameters, given, files }) {
			const message = postMessage(core, parameters.channel, given, files);
			core.typing.end(message.channelId);
			return ok({ ...toWire(core, message), ...(message.nonce !== undefined && { nonce: message.nonce }) });
		},
	},
	{
		operation: 'edit-message',
		method: 'PATCH',
		path: '/channels/:channel/messages/:message',
		handle({ core, parameters, given, files, rationOldEdit }) {
			const place = { channelId: parameters.channel, messageId: parameters.message };
			return ok(toWire(core, editMessage(core, place, given, files, rationOldEdit)));
		},
	},
	{
		operation: 'delete-message',
		method: 'DELETE',
		path: '/channels/:channel/messages/:message',
		handle({ core, parameters }) {
			deleteMessage(core, { channelId: parameters.channel, messageId: parameters.message });
			return noContent;
		},
	},
	{
		operation: 'add-reaction',
		method: 'PUT',
		path: '/channels/:channel/messages/:message/reactions/:emoji/@me',
		handle: (request) => react(request, true),
	},
	{
		operation: 'remove-reaction',
		method: 'DELETE',
		path: '/channels/:channel/messages/:message/reactions/:emoji/@me',
		handle: (request) => react(request, false),
	},
];

function toWire(core: Core, message: StoredMessage): Json {
	return messageToWire(core, message, { readsContent: core.portal.messageContentIntent });
}

/** Newest first. `before`, `after` and `around` exclude each other; `after` gives the oldest ones that follow it. */
function page(core: Core, channel: Channel, query: URLSearchParams): StoredMessage[] {
	const limit = Number(query.get('limit') ?? 50);
	if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
		throw invalidForm([{ path: ['limit'], code: 'NUMBER_TYPE_MAX', message: 'int value should be between 1 and 100.' }]);
	}
	const all = core.messages.list(channel.id).filter(({ deleted, ephemeralFor }) => !deleted && ephemeralFor === undefined);
	const [before, after, around] = ['before', 'after', 'around'].map((name) => query.get(name));
	if (around) {
		const older = all.filter(({ id }) => BigInt(id) <= BigInt(around)).slice(-Math.ceil((limit + 1) / 2));
		const newer = all.filter(({ id }) => BigInt(id) > BigInt(around)).slice(0, limit - older.length);
		return [...older, ...newer].reverse();
	}
	if (after) {
		const newer = all.filter(({ id }) => BigInt(id) > BigInt(after));
		return newer.slice(0, limit).reverse();
	}
	const older = before ? all.filter(({ id }) => BigInt(id) < BigInt(before)) : all;
	return older.slice(-limit).reverse();
}

function react({ core, parameters }: RouteRequest, isAdded: boolean) {
	const channel = textChannel(core, parameters.channel);
	const message = existingMessage(core, channel, parameters.message);
	const reaction = { emoji: parameters.emoji ?? '', userId: core.identity.botUserId };
	const others = message.reactions.filter(({ emoji, userId }) => emoji !== reaction.emoji || userId !== reaction.userId);
	const isNewKind = !message.reactions.some(({ emoji }) => emoji === reaction.emoji);
	requirePermissions(core, channel, 'readMessageHistory', ...(isAdded && isNewKind ? (['addReactions'] as const) : []));
	message.reactions = isAdded ? [...others, reaction] : others;
	core.messages.changed(message, 'reaction');
	core.events.reacted(message, reaction, isAdded);
	return noContent;
}
