/** Whom a message addresses: mentions in its text, sifted by `allowed_mentions` and by what its author may do. */

import { componentTexts } from './components.ts';
import type { FieldProblem } from './failure.ts';
import { isJson, listOf } from './json.ts';
import { isSnowflake } from './snowflake.ts';
import type { Channel, Json, Mentions, StoredMessage } from './types.ts';
import type { World } from './world.ts';

/** What `allowed_mentions` says, or what counts without it. */
export interface MentionPolicy {
	parse: ReadonlySet<string>;
	users: ReadonlySet<string>;
	roles: ReadonlySet<string>;
	repliedUser: boolean;
}

/** Without `allowed_mentions`, people and apps in channels address everybody they name (page "Messages Resource", Allowed Mentions). */
export const regularPolicy: MentionPolicy = policyOf(['users', 'roles', 'everyone'], true);
/** Answers to interactions and webhooks address users only. */
export const webhookPolicy: MentionPolicy = policyOf(['users'], true);

/** Reads `allowed_mentions`; `absent` counts when there is none. */
export function readPolicy(given: unknown, absent: MentionPolicy): MentionPolicy {
	if (!isJson(given)) return absent;
	return {
		parse: new Set(listOf(given.parse).map(String)),
		users: new Set(listOf(given.users).map(String)),
		roles: new Set(listOf(given.roles).map(String)),
		repliedUser: given.replied_user === true,
	};
}

const allowedMentionsLimit = 100;

/** What Discord refuses in `allowed_mentions`. */
export function policyProblems(given: unknown): FieldProblem[] {
	if (given === undefined || given === null) return [];
	if (!isJson(given)) return [problem([], 'DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType')];
	return [...parseProblems(given), ...idProblems(given, 'users'), ...idProblems(given, 'roles')];
}

export interface Author {
	id: string;
	/** Whether @everyone and roles that are not mentionable can be addressed. */
	mayMentionEveryone: boolean;
}

/** Resolves the mentions of a message as it stands now. `repliedTo` is whose message it answers. */
export function resolveMentions(
	world: World,
	message: Pick<StoredMessage, 'content' | 'components'> & { channel: Channel },
	{ policy, author, repliedTo }: { policy: MentionPolicy; author: Author; repliedTo: string | undefined },
): Mentions {
	const text = [message.content, ...componentTexts(message.components)].join('\n');
	const named = idsIn(text, /<@!?(\d{17,19})>/g).filter((id) => allows(policy, 'users', id) && world.user(id) !== undefined);
	const replied = policy.repliedUser && repliedTo !== undefined ? [repliedTo] : [];
	const roles = world.guild(message.channel.guildId ?? '')?.roles;
	return {
		users: [...new Set([...named, ...replied])],
		roles: idsIn(text, /<@&(\d{17,19})>/g).filter((id) => {
			const role = roles?.get(id);
			return role !== undefined && allows(policy, 'roles', id) && (role.mentionable || author.mayMentionEveryone);
		}),
		everyone: author.mayMentionEveryone && policy.parse.has('everyone') && /@(everyone|here)\b/.test(text),
	};
}

/** The people behind the mentions, without the author: they see the message marked and counted. */
export function addressedPeople(world: World, channel: Channel, mentions: Mentions, authorId: string): string[] {
	const readers = world.readersOf(channel);
	const members = world.guild(channel.guildId ?? '')?.members;
	const isAddressed = (userId: string) =>
		mentions.everyone || mentions.users.includes(userId) || mentions.roles.some((role) => members?.get(userId)?.roles.includes(role));
	return readers.filter((userId) => userId !== authorId && isAddressed(userId));
}

function policyOf(parse: readonly string[], repliedUser: boolean): MentionPolicy {
	return { parse: new Set(parse), users: new Set(), roles: new Set(), repliedUser };
}

function allows(policy: MentionPolicy, kind: 'users' | 'roles', id: string): boolean {
	return policy.parse.has(kind) || policy[kind].has(id);
}

function idsIn(text: string, pattern: RegExp): string[] {
	return [...new Set([...text.matchAll(pattern)].map(([, id = '']) => id))];
}

function parseProblems({ parse }: Json): FieldProblem[] {
	const unknown = listOf(parse).filter((kind) => !['users', 'roles', 'everyone'].includes(String(kind)));
	return unknown.map(() => problem(['parse'], 'BASE_TYPE_CHOICES', "Value must be one of {'users', 'roles', 'everyone'}."));
}

function idProblems(given: Json, kind: 'users' | 'roles'): FieldProblem[] {
	const ids = listOf(given[kind]);
	const problems: FieldProblem[] = [];
	if (ids.length > allowedMentionsLimit) problems.push(problem([kind], 'BASE_TYPE_MAX_LENGTH', 'Must be 100 or fewer in length.'));
	if (ids.length > 0 && listOf(given.parse).includes(kind)) {
		problems.push(
			problem(['parse'], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`),
		);
	}
	ids.forEach((id, index) => {
		if (!isSnowflake(id)) problems.push(problem([kind, index], 'NUMBER_TYPE_COERCE', `Value "${String(id)}" is not snowflake.`));
	});
	return problems;
}

function problem(path: readonly (string | number)[], code: string, message: string): FieldProblem {
	return { path: ['allowed_mentions', ...path], code, message };
}
