/** Threads: started from a message or without one, joined and left. */

import { existingMessage, existingUser, requirePermissions, textChannel, visibleChannel } from '../access.ts';
import type { Core } from '../core.ts';
import { refusal, refuseIfInvalid } from '../failure.ts';
import { textProblems } from '../field-rules.ts';
import { startThread } from '../thread-starting.ts';
import type { Json } from '../types.ts';
import { channelToWire, threadMemberToWire } from '../wire.ts';
import { noContent, ok, type Route, type RouteRequest } from './route.ts';

/** "Start Thread": names of 1 to 100 characters, these minutes until a thread is archived by itself. */
const nameRule = { min: 1, max: 100 };
const archiveMinutes: readonly unknown[] = [60, 1440, 4320, 10080];

export const threadRoutes: readonly Route[] = [
	{
		operation: 'start-thread',
		method: 'POST',
		path: '/channels/:channel/messages/:message/threads',
		handle({ core, parameters, given }) {
			const channel = textChannel(core, parameters.channel);
			if (channel.guildId === undefined) throw refusal(50024);
			const message = existingMessage(core, channel, parameters.message);
			requirePermissions(core, channel, 'createPublicThreads');
			return created(core, { channelId: channel.id, messageId: message.id, ...readThread(core, given) });
		},
	},
	{
		operation: 'start-thread',
		method: 'POST',
		path: '/channels/:channel/threads',
		handle({ core, parameters, given }) {
			const channel = textChannel(core, parameters.channel);
			if (channel.guildId === undefined) throw refusal(50024);
			const isPrivate = given.type === undefined || given.type === 12;
			requirePermissions(core, channel, isPrivate ? 'createPrivateThreads' : 'createPublicThreads');
			return created(core, { channelId: channel.id, isPrivate, ...readThread(core, given) });
		},
	},
	{
		operation: 'get-thread-member',
		method: 'GET',
		path: '/channels/:channel/thread-members/:user',
		handle({ core, parameters }) {
			const channel = visibleChannel(core, parameters.channel);
			if (channel.thread === undefined) throw refusal(50024);
			// "Returns a 404 response otherwise."
			if (!channel.thread.members.has(existingUser(core, parameters.user).id)) throw refusal(10007);
			return ok(threadMemberToWire(core, channel, parameters.user ?? ''));
		},
	},
	{
		operation: 'join-thread',
		method: 'PUT',
		path: '/channels/:channel/thread-members/@me',
		handle: (request) => changeMembership(request, true),
	},
	{
		operation: 'leave-thread',
		method: 'DELETE',
		path: '/channels/:channel/thread-members/@me',
		handle: (request) => changeMembership(request, false),
	},
];

function readThread(core: Core, given: Json) {
	const { name, auto_archive_duration: minutes } = given;
	refuseIfInvalid([
		...textProblems(given, [], { name: nameRule }),
		...(minutes === undefined || minutes === null || archiveMinutes.includes(minutes)
			? []
			: [{ path: ['auto_archive_duration'], code: 'BASE_TYPE_CHOICES', message: 'Value must be one of (60, 1440, 4320, 10080).' }]),
	]);
	return { name: String(name), ownerId: core.identity.botUserId, ...(typeof minutes === 'number' && { autoArchiveMinutes: minutes }) };
}

function created(core: Core, input: Parameters<typeof startThread>[1]) {
	return { status: 201, body: channelToWire(core, startThread(core, input)) };
}

function changeMembership({ core, parameters }: RouteRequest, joins: boolean) {
	const { id, thread } = visibleChannel(core, parameters.channel);
	if (thread === undefined) throw refusal(50024);
	if (thread.archived) throw refusal(50083);
	if (joins) core.world.joinThread(id, core.identity.botUserId);
	else thread.members.delete(core.identity.botUserId);
	return noContent;
}
