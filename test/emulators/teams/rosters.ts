/** Who and what is there: members, teams, channels; and new conversations. */

import { postMessage } from './activities.ts';
import { badSyntax } from './content.ts';
import type { Core } from './core.ts';
import type { Result } from './endpoint.ts';
import { isJson, objectOf, objectsOf, textOf } from './json.ts';
import { memberOf, openPlace } from './places.ts';
import { type Json, ServiceFailure, type Team, type User } from './types.ts';

/** "Get members": pages of 50 to 500, other sizes are taken for the nearest of them. */
const pageSizes = { least: 50, most: 500, usual: 200 };

export function getMember(core: Core, conversationId: string, memberId: string): Result {
	const member = memberOf(core, openPlace(core, conversationId).conversation, { id: memberId });
	if (member === undefined) throw new ServiceFailure(404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
	return { status: 200, body: toAccount(member) };
}

export function getMembers(core: Core, conversationId: string): Result {
	return { status: 200, body: accountsIn(core, conversationId) };
}

export function getPagedMembers(core: Core, conversationId: string, query: URLSearchParams): Result {
	const accounts = accountsIn(core, conversationId);
	const start = readContinuation(query.get('continuationToken'));
	const wanted = Number(query.get('pageSize') ?? pageSizes.usual);
	if (Number.isNaN(wanted)) throw badSyntax('pageSize has to be a number.');
	const size = Math.min(pageSizes.most, Math.max(pageSizes.least, wanted));
	const end = start + size;
	const continuationToken = Buffer.from(`after:${end}`).toString('base64');
	return { status: 200, body: { members: accounts.slice(start, end), ...(end < accounts.length && { continuationToken }) } };
}

export function getTeam(core: Core, teamId: string): Result {
	const { id, name, aadGroupId, channels } = openTeam(core, teamId);
	const memberCount = channels[0]?.members.length ?? 0;
	return { status: 200, body: { id, name, aadGroupId, type: 'standard', channelCount: channels.length, memberCount } };
}

/** The General channel has no name here. */
export function getChannels(core: Core, teamId: string): Result {
	const { id: general, channels } = openTeam(core, teamId);
	const conversations = channels.map(({ id, name }) => ({ id, ...(id !== general && { name }), type: 'standard' }));
	return { status: 200, body: { conversations } };
}

/** Opens the chat with one person, or begins a thread in a channel. */
export function createConversation(core: Core, body: unknown): Result {
	if (!isJson(body)) throw badSyntax('The body has to be an object.');
	const channelId = textOf(objectOf(objectOf(body.channelData).channel).id);
	return channelId === '' ? openChat(core, body) : beginThread(core, channelId, body);
}

function openChat(core: Core, body: Json): Result {
	const members = objectsOf(body.members);
	const tenantId = body.tenantId ?? objectOf(objectOf(body.channelData).tenant).id;
	if (members.length !== 1 || body.isGroup === true) throw badSyntax('Only chats with one person can be opened.');
	if (tenantId !== core.identity.tenantId) throw new ServiceFailure(403, 'Forbidden', 'The tenant is missing or unknown to the bot.');
	const user = core.tenant.user(textOf(members[0]?.id));
	if (user === undefined) throw badSyntax('Bad format of conversation member.');
	if (!user.hasApp) throw new ServiceFailure(403, 'ForbiddenOperationException', 'The bot is not installed in the scope of the user.');
	return { status: 201, body: { id: core.tenant.openPersonalChat(user.id).id } };
}

function beginThread(core: Core, channelId: string, { activity }: Json): Result {
	const { conversation } = openPlace(core, channelId);
	if (conversation.kind !== 'channel' || !isJson(activity)) throw badSyntax('A thread needs a channel and an activity.');
	const { id } = postMessage(core, { conversation, threadRootId: undefined }, activity);
	return { status: 201, body: { id: `${conversation.id};messageid=${id}`, activityId: id } };
}

function accountsIn(core: Core, conversationId: string): Json[] {
	const { members } = openPlace(core, conversationId).conversation;
	return members.flatMap((id) => core.tenant.user(id) ?? []).map(toAccount);
}

function toAccount({ id, aadObjectId, name, email, userPrincipalName, tenantId, role }: User): Json {
	const [givenName, ...rest] = name.split(' ');
	return {
		...{ id, name, givenName, surname: rest.join(' '), tenantId, userRole: role },
		...(aadObjectId !== undefined && { aadObjectId, objectId: aadObjectId, email, userPrincipalName }),
	};
}

function readContinuation(token: string | null): number {
	if (token === null || token === '') return 0;
	const start = /^after:(\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1];
	if (start === undefined) throw badSyntax('The continuationToken is not valid.');
	return Number(start);
}

function openTeam(core: Core, id: string): Team {
	const team = core.tenant.team(id);
	if (team === undefined) throw new ServiceFailure(404, 'ConversationNotFound', 'Team not found.');
	openPlace(core, id);
	return team;
}
