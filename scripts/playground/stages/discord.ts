/** The emulated Discord as a stage of the playground. */

import { botDescription } from '#src/commands/description.ts';
import { accountReference } from '#src/identity/account.ts';
import { type DiscordEmulator, startDiscordEmulator } from '#test/emulators/discord/index.ts';
import { people } from '../company.ts';
import { createRoster, type Roster } from '../roster.ts';
import { summariseCalls } from './calls.ts';
import { createDiscordLook } from './discord/look.ts';
import { createDiscordApps } from './discord/other-apps.ts';
import { seedDiscord } from './discord/seed.ts';
import { traceInDiscord } from './discord/trace.ts';
import { readCommand } from './discord/typed-command.ts';
import { botId, type Said, type Saying, type Stage, type StageOptions, type Where } from './stage.ts';

const dayMinutes = 24 * 60;

/** Starts an emulated Discord with the company in it. The bot comes to it through the gateway, so it needs no address of the bot. */
export async function startDiscordStage({ clock, latencyMs }: StageOptions): Promise<Stage> {
	// Ids tell the time and only grow: the bot and the guild are older than what is said there.
	clock.moveBack(dayMinutes);
	const discord = await startDiscordEmulator({ latencyMs, now: clock.now });
	const { ids, guildId, rooms } = await seedDiscord(discord, clock);
	const roster = createRoster(people, new Map([...ids, [botId, discord.botUserId]]));
	return {
		platform: 'discord',
		botEnvironment: {
			DISCORD_BOT_TOKEN: discord.botToken,
			DISCORD_APPLICATION_ID: discord.applicationId,
			DISCORD_API_URL: discord.apiUrl,
			DISCORD_GUILDS: guildId,
			DISCORD_FILE_HOSTS: new URL(discord.cdnUrl).host,
		},
		// Accounts are the same in all servers.
		accountOf: (personId) => accountReference({ platform: 'discord', tenantId: 'discord', accountId: roster.idOf(personId) }),
		look: createDiscordLook(discord, roster, rooms),
		calls: () =>
			summariseCalls('discord', discord.calls, ({ operation, status, code }) => ({
				method: operation,
				status: status ?? 0,
				error: status !== null && status >= 400 ? String(code ?? status) : null,
			})),
		trace: (question, untilMs) => traceInDiscord(discord, { ...question, personId: roster.idOf(question.personId) }, untilMs),
		...createActions(discord, roster),
		...createDiscordApps(discord, roster),
		refuseNextCall: () => discord.fail({ operation: '*', kind: '429', times: 1, retryAfterSeconds: 1 }),
		onChange: (listener) => void discord.onChange(listener),
		close: discord.close,
	};
}

type Actions = Pick<Stage, 'say' | 'edit' | 'remove' | 'press' | 'offerFiles' | 'command' | 'stop' | 'open'>;

function createActions(discord: DiscordEmulator, roster: Roster): Actions {
	const where = ({ personId, placeId }: Where) => ({ user: roster.idOf(personId), channel: placeId });
	return {
		say: (saying) => say(discord, roster, saying),
		edit: ({ messageId, text, ...place }) => discord.edit({ ...where(place), messageId, text: typedForDiscord(roster, text) }),
		remove: ({ messageId, ...place }) => discord.remove({ ...where(place), messageId }),
		async press({ messageId, buttonId, value, ...place }) {
			const { failure } = await discord.press({
				...where(place),
				messageId,
				customId: buttonId,
				...(value === '' ? {} : { values: [value] }),
			});
			return { failure };
		},
		offerFiles: ({ messageId, ...place }) =>
			discord.messageCommand({ ...where(place), name: botDescription.takeFiles.en, targetId: messageId }),
		async command({ text, ...place }) {
			const { failure, modal } = await discord.slash({ ...where(place), ...readCommand(typedForDiscord(roster, text)) });
			return { failure, opensForm: modal !== undefined };
		},
		// Discord has no Stop of its own: the bot brings a button.
		stop: () => Promise.reject(new TypeError('no Stop in Discord')),
		open: () => Promise.resolve(),
	};
}

async function say(discord: DiscordEmulator, roster: Roster, saying: Saying): Promise<Said> {
	const { personId, placeId, text, repliesTo, file, forwards } = saying;
	const typed = typedForDiscord(roster, text);
	const here = { user: roster.idOf(personId), channel: placeId };
	// A forwarded message stands alone: what one writes about it comes after it as a message of its own.
	const passedOn =
		forwards && (await discord.say({ ...here, text: '', forward: { channel: forwards.placeId, messageId: forwards.messageId } }));
	const written = {
		...here,
		text: typed,
		...(repliesTo === undefined ? {} : { replyTo: repliesTo }),
		...(file === undefined ? {} : { attachments: [{ name: file.name, contentType: file.mimetype, content: file.content }] }),
	};
	const { id } = passedOn !== undefined && text === '' ? passedOn : await discord.say(written);
	const isDirect = discord.world.channel(placeId)?.guildId === undefined;
	const answersBot = repliesTo !== undefined && discord.message(placeId, repliesTo)?.authorId === discord.botUserId;
	return {
		messageId: id,
		atMs: discord.message(placeId, id)?.createdAtMs ?? 0,
		// In a channel each question begins a chain of answers of its own.
		threadId: isDirect ? null : id,
		isForBot: isDirect || answersBot || typed.includes(`<@${discord.botUserId}>`),
	};
}

function typedForDiscord(roster: Roster, text: string): string {
	return roster.withMentions(text, (id) => `<@${id}>`);
}
