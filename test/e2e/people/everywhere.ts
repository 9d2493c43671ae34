/** One company on all three emulated platforms at once, with one program between them, a server database and Redis. */

import { createOwnRedis } from '#test/redis/own-redis.ts';
import { eventually } from '../eventually.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { queryDatabase } from '../observe.ts';
import { type DiscordStage, openDiscordStage } from '../platforms/discord-stage.ts';
import { openSlackStage, type SlackStage } from '../platforms/slack-stage.ts';
import type { PlatformStage, Question, Room } from '../platforms/stage.ts';
import { openTeamsStage, type TeamsStage } from '../platforms/teams-stage.ts';
import type { LogLine } from '../program.ts';
import { answerText, settled } from '../promises.ts';

export const platformNames = ['slack', 'teams', 'discord'] as const;

/** What the model says to everybody, unless a test says otherwise. */
export const usualAnswer = answerText(8);

/** That can be chosen beside the usual model. */
export const otherModel = 'large:26b';

/** Somebody with an account, and their own chat with the bot. */
export interface Colleague {
	stage: PlatformStage;
	/** The platform's id of them. */
	user: string;
	/** What orders call them. */
	reference: string;
	chat: Room;
}

export interface Everywhere extends Installation {
	slack: SlackStage;
	teams: TeamsStage;
	discord: DiscordStage;
	stages: readonly PlatformStage[];
	/** One on each platform, whom the configuration makes administrators. */
	administrators: Readonly<Record<PlatformStage['name'], Colleague>>;
}

/** A row for each account, with whom it belongs to. */
export interface AccountRow {
	userId: string;
	homeUserId: string;
	role: string | null;
	isGuest: boolean;
	isExternal: boolean;
	isClosed: boolean;
	isLocked: boolean;
}

const selectAccount = `
	select user_id as "userId", home_user_id as "homeUserId", u.role, is_guest as "isGuest", is_external as "isExternal",
		is_deactivated as "isClosed", u.deactivated_at is not null as "isLocked"
	from identities i join users u on u.id = i.user_id where platform = split_part($1, ':', 1) and account_id = split_part($1, ':', 3)`;

/** The program is started, and every platform is pointed at it. */
export async function openEverywhere(environment: Record<string, string> = {}): Promise<Everywhere> {
	const [slack, teams, discord] = await Promise.all([openSlackStage(), openTeamsStage(), openDiscordStage()]);
	const stages = [slack, teams, discord];
	const administrators = { slack: employee(slack), teams: employee(teams), discord: employee(discord) };
	// What is kept of people in a Redis that other tests share would be about other people with the same ids.
	const redis = await createOwnRedis();
	await redis.start();
	const installation = await openInstallation({
		environment: {
			...slack.environment,
			...teams.environment,
			...discord.environment,
			REDIS_URL: redis.url,
			OLLAMA_SLOTS: '8',
			OLLAMA_MODELS: otherModel,
			TEAMS_GRAPH: 'on',
			TEAMS_GRAPH_URL: teams.teams.graphUrl,
			OPENCCB_ADMINS: Object.values(administrators)
				.map(({ reference }) => reference)
				.join(','),
			...environment,
		},
	});
	installation.ollama.addModel({ name: otherModel });
	await installation.start();
	await Promise.all(stages.map((stage) => stage.attach([installation.program.address])));
	return {
		...installation,
		program: installation.program,
		slack,
		teams,
		discord,
		stages,
		administrators,
		async close() {
			await installation.close();
			await Promise.all([redis.kill(), ...stages.map((stage) => stage.close())]);
		},
	};
}

/** Somebody whom the bot has not met. */
export function employee(stage: PlatformStage): Colleague {
	const chat = stage.openRoom('direct');
	return colleague(stage, chat.asker, chat);
}

export function colleague(stage: PlatformStage, user: string, chat: Room): Colleague {
	return { stage, user, reference: stage.reference(user), chat };
}

export async function ask({ stage, user, chat }: Colleague, text: string): Promise<Question> {
	return await stage.ask({ room: chat, user, text });
}

/** Uses a command in their own chat. @returns the first thing that they are told, which nobody else sees. */
export async function command({ stage, user, chat: room }: Colleague, text: string): Promise<string> {
	const { told, failure } = await stage.command({ room, user, text });
	if (failure !== undefined) throw new Error(`"${text}" was not taken: ${failure}`);
	return await eventually(() => told().find((words) => words !== ''));
}

/** Waits for the first whole message of the bot after the question. @returns its text. */
export async function answerTo({ stage }: Colleague, question: Question): Promise<string> {
	return await eventually(() => {
		const [first] = stage.answers(question);
		return first === undefined || first.isOpen ? '' : first.text;
	});
}

/** Waits until everything that was said so far has arrived and was handled. */
export async function quiet({ stages, program }: Everywhere): Promise<void> {
	await eventually(() => stages.every((stage) => stage.hasDelivered()));
	await settled(program);
}

/** Waits until the program has done with what was said. @returns what it says of that: `answered`, `refused` and so on. */
export async function outcomeOf({ program }: Everywhere, { messageId }: Question): Promise<unknown> {
	const isOfQuestion = ({ msg, eventId }: LogLine) => msg === 'event handled' && String(eventId).includes(messageId);
	return (await eventually(() => program.log.find(isOfQuestion)))['outcome'];
}

/** What the database says of this account. Several rows when it was met as one of several tenants, none when it was never met. */
export async function accountRows(installation: Installation, { reference }: Colleague): Promise<AccountRow[]> {
	return await queryDatabase<AccountRow>(installation, selectAccount, [reference]);
}

/** Of somebody who was met. */
export async function userIdOf(installation: Installation, person: Colleague): Promise<string> {
	return (await accountRows(installation, person))[0]?.userId ?? 'never met';
}

/** In how many rows of whatever keeps words of people this text stands. */
export async function keptTimes(installation: Installation, text: string): Promise<number> {
	const count = `
		select (select count(*) from messages where content like '%' || $1 || '%') + (select count(*) from inbox where payload::text like '%' || $1 || '%')
			+ (select count(*) from conversations where title like '%' || $1 || '%') as count`;
	const [row] = await queryDatabase<{ count: string }>(installation, count, [text]);
	return Number(row?.count);
}
