/** The emulated Discord as a stage of the promises. */

import { allCommands } from '#src/commands/commands.ts';
import type { CommandArgument } from '#src/commands/definition.ts';
import { botDescription } from '#src/commands/description.ts';
import { splitArguments } from '#src/commands/typed-arguments.ts';
import { type DiscordEmulator, permissions, startDiscordEmulator, type VisibleMessage } from '#test/emulators/discord/index.ts';
import type { InteractionResult } from '#test/emulators/discord/interacting.ts';
import { shownSources } from '#test/emulators/discord/shown-sources.ts';
import {
	type Answer,
	type Asking,
	type ButtonName,
	countRefusals,
	heldUp,
	type PlatformStage,
	type Question,
	type Reaction,
	type Room,
	type StageOptions,
	type Step,
	type Talking,
	type Trouble,
	type Troubles,
} from './stage.ts';

/** "Create Message", content. */
const messageCharacters = 2_000;

/** One guild that is served. It pushes nothing: the program fetches what it has missed. */
interface Office {
	discord: DiscordEmulator;
	guild: string;
	addMember(options?: { isPending?: boolean }): string;
}

export interface DiscordStage extends PlatformStage {
	readonly name: 'discord';
	readonly discord: DiscordEmulator;
	/** The server that is served. */
	readonly guild: string;
}

export async function openDiscordStage({ latencyMs = 0 }: StageOptions = {}): Promise<DiscordStage> {
	// Programs are killed and started again sooner than one in five seconds.
	const discord = await startDiscordEmulator({ sessionStarts: { maxConcurrency: 16 }, latencyMs });
	const { world } = discord;
	const guild = world.addGuild({ name: 'Office', ownerId: world.addUser({ name: 'owner' }).id }).id;
	const office: Office = {
		discord,
		guild,
		addMember({ isPending = false } = {}) {
			const { id } = world.addUser({ name: `person-${world.users().length}` });
			world.addMember(guild, id).isPending = isPending;
			return id;
		},
	};
	return {
		name: 'discord',
		discord,
		guild,
		environment: {
			DISCORD_BOT_TOKEN: discord.botToken,
			DISCORD_APPLICATION_ID: discord.applicationId,
			DISCORD_API_URL: discord.apiUrl,
			DISCORD_GUILDS: guild,
			DISCORD_FILE_HOSTS: new URL(discord.cdnUrl).host,
		},
		messageCharacters,
		takesComments: false,
		attach: async () => {},
		...createPlaces(office),
		...createTalk(office),
		...createView(discord),
		...createHands(discord),
		...createTroubles(office),
		stopsWithinMs: () => 1_000,
		tellsOfStop: () => true,
		deliverTwice: discord.gateway.duplicateDispatches,
		countCalls: () => discord.calls.length,
		forgetCounters: discord.forgetCounters,
		// Tokens of interactions begin so.
		secrets: () => ['aW50ZXJhY3Rpb24'],
		close: discord.close,
	};
}

type Places = Pick<PlatformStage, 'openRoom' | 'openClosedChannel' | 'chatOf' | 'colleagueIn' | 'outsiders' | 'reference' | 'addGroup'>;

function createPlaces({ discord, guild, addMember }: Office): Places {
	const { world } = discord;
	const directOf = (asker: string): Room => ({ kind: 'direct', id: world.openDirect(asker).id, asker });
	const channelOf = (asker: string, isClosed = false): Room => {
		const { viewChannel } = permissions;
		const letIn = [asker, discord.botUserId].map((id) => ({ id, kind: 'member' as const, allow: viewChannel }));
		const overwrites = isClosed ? [{ id: guild, kind: 'role' as const, deny: viewChannel }, ...letIn] : [];
		const { id } = world.addChannel(guild, { name: `room-${world.channels(guild).length}`, overwrites });
		return { kind: 'channel', id, asker };
	};
	return {
		openRoom: (kind) => (kind === 'direct' ? directOf : channelOf)(addMember()),
		openClosedChannel: () => channelOf(addMember(), true),
		chatOf: directOf,
		colleagueIn: () => addMember(),
		outsiders() {
			// Those who have not agreed to the rules yet cannot write in the guild, and people of no common guild cannot be answered.
			const guest = addMember({ isPending: true });
			return [{ who: 'somebody who has not agreed to the rules', id: guest, room: directOf(guest) }];
		},
		// Accounts are the same in all servers, and so are the names of their roles to the bot.
		reference: (user) => `discord:discord:${user}`,
		async addGroup(members) {
			const role = world.addRole(guild, { name: `group-${world.guild(guild)?.roles.size}` });
			for (const user of members) {
				const { roles = [] } = world.guild(guild)?.members.get(user) ?? {};
				world.updateMember(guild, user, { roles: [...roles, role.id] });
			}
			return `discord:discord:${role.id}`;
		},
	};
}

type Talk = Pick<
	PlatformStage,
	'ask' | 'talk' | 'share' | 'alert' | 'edit' | 'callByEdit' | 'linkTo' | 'remove' | 'chatter' | 'hasDelivered'
>;

function createTalk({ discord, guild }: Office): Talk {
	const { world, botUserId } = discord;
	const bot = world.addUser({ name: 'other-bot', isBot: true }).id;
	world.addMember(guild, bot);
	const edit = ({ room, user, messageId }: Question, text: string) => discord.edit({ user, channel: room.id, messageId, text });
	const prefixOf = ({ room, messageId }: Question) => /^<@\d+> /.exec(discord.message(room.id, messageId)?.content ?? '')?.[0] ?? '';
	return {
		async ask({ room, text, user = room.asker, after, files = [] }: Asking) {
			const isReply = room.kind === 'channel' && after !== undefined;
			// As people do: they answer the bot, and mention it where there is nothing of its own to answer.
			const answered = isReply ? answersTo(discord, after).at(-1) : undefined;
			const replyTo = answered?.id ?? (isReply ? after.messageId : undefined);
			const mentionBot = room.kind === 'channel' && answered === undefined;
			const attachments = files.map(({ mediaType: contentType, ...file }) => ({ ...file, contentType }));
			const saying = { user, channel: room.id, text, mentionBot, attachments, ...(replyTo === undefined ? {} : { replyTo }) };
			const { id } = await discord.say(saying);
			return { room, user, messageId: id, text, threadId: after?.threadId ?? id };
		},
		/** In a channel people who talk with each other reply to each other. */
		async talk({ room, text, user = room.asker, after, to }: Talking) {
			const words = to === undefined ? text : `<@${to}> ${text}`;
			const replyTo = after === undefined ? {} : { replyTo: after.messageId };
			const { id } = await discord.say({ user, channel: room.id, text: words, ...replyTo });
			return { room, user, messageId: id, text, threadId: after?.threadId ?? id };
		},
		async share({ room, text, user = room.asker, after, files }) {
			const attachments = files.map(({ mediaType: contentType, ...file }) => ({ ...file, contentType }));
			const { id } = await discord.say({ user, channel: room.id, text, attachments });
			return { room, user, messageId: id, text, threadId: after?.threadId ?? id };
		},
		async alert(title, { room, messageId }) {
			await discord.say({ user: bot, channel: room.id, text: '', asBot: true, embeds: [{ title }], replyTo: messageId });
		},
		edit: async (question, text) => edit(question, `${prefixOf(question)}${text}`),
		callByEdit: async (talk, text) => edit(talk, `<@${discord.botUserId}> ${text}`),
		linkTo: ({ room, messageId }) => discord.linkTo({ channelId: room.id, id: messageId }),
		remove: ({ room, user, messageId }) => discord.remove({ user, channel: room.id, messageId }),
		async chatter(question) {
			const { room, user, messageId } = question;
			const here = { channel: room.id, text: 'who am I?' };
			await discord.unfurl({ channel: room.id, messageId, url: 'https://a.example' });
			await discord.say({ ...here, user, type: 6 });
			if (room.kind === 'direct') return;
			const mention = { mentionBot: true, replyTo: messageId };
			await discord.say({ ...here, ...mention, user: bot, asBot: true });
			await discord.say({ ...here, ...mention, user, viaWebhook: true });
			await discord.say({ ...here, ...mention, user: botUserId, asBot: true });
		},
		// One process listens, and no second one.
		hasDelivered: () => discord.gateway.sessions().filter(({ isConnected }) => isConnected).length === 1,
	};
}

type View = Pick<PlatformStage, 'answers' | 'sources' | 'privateWords' | 'notified' | 'isBusy' | 'hasSign'>;

function createView(discord: DiscordEmulator): View {
	return {
		answers: (question) => answersTo(discord, question).map((message) => toAnswer(question.room, message)),
		sources: ({ room, messageId }) => shownSources(discord.message(room.id, messageId)),
		privateWords({ id }, user) {
			const direct = discord.world.openDirect(user).id;
			const inDirect = discord.messages(direct).filter((message) => isOfBot(discord, message));
			return [...discord.ephemerals(id, user), ...inDirect].map(({ visibleText }) => visibleText);
		},
		notified: ({ room, messageId }) => discord.notified(room.id, messageId),
		// The sign goes by itself within ten seconds; nothing that the program does takes it away sooner, but for a new message.
		isBusy: () => false,
		hasSign: ({ room }) => discord.typing(room.id),
	};
}

/** In a channel, those of its chain of replies. */
function answersTo(discord: DiscordEmulator, { room, messageId, threadId }: Question): VisibleMessage[] {
	const messages = discord.messages(room.id);
	const parents = new Map(messages.map(({ id, reference }) => [id, reference?.messageId]));
	const rootOf = (id: string): string => {
		const parent = parents.get(id);
		return parent === undefined ? id : rootOf(parent);
	};
	return messages.filter(
		(message) =>
			isOfBot(discord, message) &&
			BigInt(message.id) > BigInt(messageId) &&
			(room.kind === 'direct' || rootOf(message.id) === rootOf(threadId)),
	);
}

/** What it says, not what a test says in its name. */
function isOfBot({ botUserId }: DiscordEmulator, { authorId, deleted, content }: VisibleMessage): boolean {
	return authorId === botUserId && !deleted && !content.startsWith(`<@${botUserId}>`);
}

function toAnswer(room: Room, message: VisibleMessage): Answer {
	const buttons = message.buttons.map(({ customId }) => customId?.split(':')[1] as ButtonName);
	return {
		room,
		messageId: message.id,
		text: message.visibleText,
		history: message.history.map(({ atMs, visibleText }) => ({ atMs, text: visibleText })),
		isOpen: buttons.includes('stop'),
		buttons,
	};
}

function createHands(discord: DiscordEmulator): Pick<PlatformStage, 'command' | 'press' | 'pressOffer' | 'showPassage' | 'stop'> {
	const reactionOf = (result: InteractionResult): Reaction => {
		const seen = () => [result.answer(), ...result.followUps()].filter((message) => message?.isEphemeral === true);
		return { failure: result.failure, told: () => seen().map((message) => message?.visibleText ?? '') };
	};
	const press: PlatformStage['press'] = async ({ room, messageId }, name, user) => {
		const found = discord.message(room.id, messageId)?.buttons.find(({ customId }) => customId?.split(':')[1] === name);
		if (found?.customId === undefined) throw new TypeError(`no button ${name}`);
		return reactionOf(await discord.press({ user, channel: room.id, messageId, customId: found.customId }));
	};
	return {
		async command({ room, user, text }) {
			const { name, subcommand, options } = slashOf(text);
			return reactionOf(await discord.slash({ user, channel: room.id, name, subcommand, options }));
		},
		press,
		async pressOffer(_room, user) {
			const channel = discord.world.openDirect(user).id;
			const isOffer = ({ customId }: { customId?: string | undefined }) => /^openccb:(?:privately|confirm):/.test(customId ?? '');
			const offer = discord.messages(channel).findLast(({ buttons }) => buttons.some(isOffer));
			if (offer === undefined) throw new TypeError('nothing was offered');
			await discord.press({ user, channel, messageId: offer.id, customId: offer.buttons.find(isOffer)?.customId ?? '' });
		},
		async showPassage({ room, messageId }, position, user) {
			const menu = discord.message(room.id, messageId)?.buttons.find(({ customId }) => customId?.split(':')[1] === 'passage');
			if (menu?.customId === undefined) throw new TypeError('no passages');
			const chosen = { customId: menu.customId, values: [String(position)] };
			return reactionOf(await discord.press({ user, channel: room.id, messageId, ...chosen }));
		},
		async stop(question, user) {
			const answers = answersTo(discord, question).map((message) => toAnswer(question.room, message));
			for (const answer of answers) if (answer.isOpen) await press(answer, 'stop', user);
		},
	};
}

/** Every command is a subcommand, and takes whatever belongs to it as its options. */
function slashOf(text: string): { name: string; subcommand: string; options: Record<string, string> } {
	const [subcommand = '', ...rest] = text.split(' ');
	const command = allCommands.find(({ names }) => names.en === subcommand);
	const name = command?.audience === 'administrators' ? `${botDescription.rootCommand}-admin` : botDescription.rootCommand;
	const given = Object.entries(splitArguments(command?.arguments ?? {}, rest.join(' ')));
	return {
		name,
		subcommand,
		options: Object.fromEntries(given.map(([option, word]) => [option, chosen(command?.arguments[option], word)])),
	};
}

/** Whoever picks a word from the menu sends what it stands for. */
function chosen(argument: CommandArgument | undefined, word: string): string {
	const choice = Object.entries(argument?.choices ?? {}).find(([, { en }]) => en === word);
	return choice?.[0] ?? word;
}

const kinds = { lost: 'stored-then-502', 'lost-silently': 'stored-then-hang' } as const;

function createTroubles({ discord, guild }: Office): Troubles {
	const ownerId = discord.world.guild(guild)?.ownerId ?? '';
	const refusals = countRefusals(() => discord.calls.map(({ status }) => status));
	const deny = ({ id }: Room, bits: bigint) =>
		discord.world.updateChannel(id, { overwrites: [{ id: discord.botUserId, kind: 'member', deny: bits }] });
	return {
		fail(_kind, step: Step, trouble: Trouble) {
			if (trouble === '429') refusals.expect();
			const kind = trouble in kinds ? kinds[trouble as keyof typeof kinds] : (trouble as '429');
			discord.fail({ operation: step === 'first' ? 'create-message' : 'edit-message', kind });
		},
		holdProfiles: () => discord.fail({ operation: 'get-member', kind: 'hang', times: 50 }),
		heldUpCalls: () => heldUp(discord.calls),
		clearFaults: discord.clearFaults,
		refusedCalls: refusals.count,
		forbidPosts: (room) => deny(room, permissions.sendMessages),
		takeAccess: (room) => deny(room, permissions.viewChannel),
		block: ({ asker }) => Object.assign(discord.world.user(asker) ?? {}, { acceptsDirects: false }),
		takeAway: ({ room, messageId }) => discord.remove({ user: ownerId, channel: room.id, messageId }),
		setUnavailable: (on) => (on ? discord.fail({ operation: '*', kind: '503', times: Number.POSITIVE_INFINITY }) : discord.clearFaults()),
		unavailableCalls: () => discord.calls.filter(({ status }) => status === 503).length,
	};
}
