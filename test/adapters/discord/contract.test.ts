import { systemClock } from '#src/clock.ts';
import { english } from '#src/locales/english.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import { type AdapterUnderTest, newName, type Said } from '#test/contract/adapter-under-test.ts';
import { describeAdapterContract } from '#test/contract/chat-adapter.contract.ts';
import { permissions } from '#test/emulators/discord/index.ts';
import { shownSources } from '#test/emulators/discord/shown-sources.ts';
import { placeOf } from '../../../adapters/discord/inbound.ts';
import { openDiscordWorld } from './discord-world.ts';

const operations: Record<string, string> = { post: 'create-message', edit: 'edit-message', remove: 'delete-message' };
const faults = {
	limited: { kind: '429', retryAfterSeconds: 2 },
	lost: { kind: 'stored-then-502' },
	silent: { kind: 'hang' },
} as const;

async function open(): Promise<AdapterUnderTest> {
	const held = await openDiscordWorld();
	const { discord, guild, general, tom, lucia } = held;
	let aheadMs = 0;
	const clock = { now: () => systemClock.now() + aheadMs, wait: systemClock.wait };
	const { platform, events, happenings, sinkFails, start } = held.addProcess({ clock });
	const { world } = discord;
	const actor = (accountId: string): Actor => ({ tenantId: 'discord', accountId });
	const colleague = (name: string) => {
		const { id } = world.addUser({ name: name.toLowerCase().replaceAll(' ', '.'), globalName: name });
		world.addMember(guild, id);
		return id;
	};
	const other = world.addUser({ name: 'other-bot', isBot: true }).id;
	world.addMember(guild, other);
	const guest = world.addUser({ name: 'guest' }).id;
	world.addMember(guild, guest, { isPending: true });
	const outsider = world.addUser({ name: 'outsider' }).id;
	const newcomer = () => {
		const { id } = world.addUser({ name: 'newcomer' });
		world.addMember(guild, id);
		return id;
	};
	const changeRoles = (userId: string, change: (roles: readonly string[]) => string[]) => {
		const roles = world.guild(guild)?.members.get(userId)?.roles ?? [];
		world.updateMember(guild, userId, { roles: change(roles) });
	};
	await start();
	const unescaped = (text: string) => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
	const lastAnswer = (rootId: string) =>
		discord
			.messages(general)
			.filter(({ authorId, reference, deleted }) => !deleted && authorId === discord.botUserId && reference?.messageId === rootId)
			.at(-1)?.id ?? rootId;
	return {
		platform,
		kinds: ['direct', 'channel'],
		people: {
			member: actor(tom),
			colleague: actor(lucia),
			guest: actor(guest),
			outsider: actor(outsider),
			gone: actor('99999999999999999'),
		},
		newcomer: async () => actor(newcomer()),
		async giveGroup({ accountId }) {
			const role = world.addRole(guild, { name: 'helpers' }).id;
			changeRoles(accountId, (roles) => [...roles, role]);
			return role;
		},
		takeGroup: async ({ accountId }, groupId) => changeRoles(accountId, (roles) => roles.filter((role) => role !== groupId)),
		// Whoever is in a guild may see who has which role.
		withoutGroupRight: null,
		// It would take the privileged intent for members.
		tells: [],
		changeAccount: async () => {
			throw new Error('Discord tells of no account.');
		},
		async say({ place: kind, text, mentions = false, in: thread, author, file }): Promise<Said> {
			const user = author?.accountId ?? tom;
			const channel = kind === 'direct' ? world.openDirect(user).id : general;
			const replyTo = thread === undefined ? {} : { replyTo: lastAnswer(thread.threadId) };
			const attachments = file === undefined ? [] : [{ name: file.name, contentType: file.mediaType, content: file.content }];
			const { id } = await discord.say({ user, channel, text, mentionBot: mentions, attachments, ...replyTo });
			const where = { id: channel, guildId: kind === 'direct' ? null : guild, isThread: false };
			return { messageId: id, place: placeOf(where, thread?.threadId ?? id) };
		},
		async sayCiting({ in: thread, text, cited }): Promise<Said> {
			const here = { channel: general, replyTo: lastAnswer(thread.threadId) };
			const { id: replyTo } = await discord.say({ ...here, user: colleague(cited.author), text: cited.text });
			const { id } = await discord.say({ ...here, user: tom, text, replyTo, mentionBot: true });
			return { messageId: id, place: placeOf({ id: general, guildId: guild, isThread: false }, thread.threadId) };
		},
		async sayAsApp({ in: thread, app, text }): Promise<Said> {
			const user = world.addUser({ name: app, isBot: true }).id;
			world.addMember(guild, user);
			const embeds = [{ description: text }];
			const { id } = await discord.say({
				...{ user, channel: general, text: '', asBot: true, embeds },
				replyTo: lastAnswer(thread.threadId),
			});
			return { messageId: id, place: placeOf({ id: general, guildId: guild, isThread: false }, thread.threadId) };
		},
		async sayAsBot(text) {
			await discord.say({ user: other, channel: general, text: `<@${discord.botUserId}> ${text}`, asBot: true });
			await discord.say({ user: other, channel: general, text: `<@${discord.botUserId}> ${text}`, viaWebhook: true });
		},
		async openClosedChannel(people) {
			const viewChannel = permissions.viewChannel;
			const letIn = [...people.map(({ accountId }) => accountId), discord.botUserId];
			const overwrites = [
				{ id: guild, kind: 'role' as const, deny: viewChannel },
				...letIn.map((id) => ({ id, kind: 'member' as const, allow: viewChannel })),
			];
			const channel = world.addChannel(guild, { name: 'closed', overwrites }).id;
			const { id } = await discord.say({ user: letIn[0] ?? '', channel, text: 'among us' });
			return { messageId: id, place: placeOf({ id: channel, guildId: guild, isThread: false }, id) };
		},
		async letIn({ channelId }, { accountId: id }) {
			const { overwrites = [] } = world.channel(channelId) ?? {};
			world.updateChannel(channelId, { overwrites: [...overwrites, { id, kind: 'member', allow: permissions.viewChannel }] });
		},
		async shutOut({ channelId }, who) {
			const id = who === 'bot' ? discord.botUserId : who.accountId;
			world.updateChannel(channelId, { overwrites: world.channel(channelId)?.overwrites.filter((one) => one.id !== id) ?? [] });
		},
		async changePlace(place, change) {
			if (change === 'place-archived' || change === 'place-unarchived') {
				const known = world.channels(guild).find(({ parentId }) => parentId === place.channelId);
				const thread = known ?? world.addThread({ channelId: place.channelId, name: 'thread', ownerId: tom });
				world.updateChannel(thread.id, { archived: change === 'place-archived' });
				return { ...place, channelId: thread.id };
			}
			const rest = world.channel(place.channelId)?.overwrites.filter(({ id }) => id !== guild) ?? [];
			const closed = { id: guild, kind: 'role' as const, allow: 0n, deny: permissions.viewChannel };
			if (change === 'place-renamed') world.updateChannel(place.channelId, { name: newName });
			else if (change === 'place-deleted') world.removeChannel(place.channelId);
			else world.updateChannel(place.channelId, { overwrites: change === 'place-made-private' ? [...rest, closed] : rest });
			return place;
		},
		async removeApp() {
			world.removeMember(guild, discord.botUserId);
			world.addMember(guild, discord.botUserId);
		},
		changeFile: async () => {
			throw new Error('Discord tells of no changes to files.');
		},
		async settle() {
			aheadMs += 5_000;
		},
		shownFiles: ({ channelId, threadId }) =>
			discord
				.messages(channelId)
				.filter(({ reference, attachments }) => attachments.length > 0 && (threadId === '' || reference?.messageId === threadId))
				.flatMap(({ attachments, content: text }) =>
					attachments.map(({ id, name }) => ({ name, content: discord.fileContent(id) ?? Buffer.alloc(0), text: unescaped(text) })),
				),
		linkTo: ({ messageId, place }) => discord.linkTo({ channelId: place.channelId, id: messageId }),
		edit: ({ messageId, place }, text) => discord.edit({ user: tom, channel: place.channelId, messageId, text }),
		remove: ({ messageId, place }) => discord.remove({ user: tom, channel: place.channelId, messageId }),
		async offer({ place: { channelId }, messageId }, { accountId }) {
			const name = english.app.takeFiles;
			const { failure } = await discord.messageCommand({ user: accountId, channel: channelId, name, targetId: messageId });
			if (failure !== undefined) throw new Error(`not acknowledged: ${failure}`);
		},
		async press({ place, messageId }, action, { accountId }) {
			const word = action.name === 'feedback' ? action.rating : action.name;
			const buttons = discord.message(place.channelId, messageId)?.buttons ?? [];
			const customId = buttons.find((button) => button.customId?.startsWith(`openccb:${word}:`))?.customId ?? '';
			const values = action.name === 'passage' ? { values: [String(action.position)] } : {};
			const { failure } = await discord.press({ user: accountId, channel: place.channelId, messageId, customId, ...values });
			if (failure !== undefined) throw new Error(`not acknowledged: ${failure}`);
		},
		deliverTwice: discord.gateway.duplicateDispatches,
		// Nothing comes in but over a connection that the adapter itself opened.
		forge: async () => false,
		seen({ place, messageId }) {
			const message = discord.message(place.channelId, messageId);
			if (message === undefined || message.deleted) return null;
			return { text: message.content, buttons: message.buttons.map(({ label }) => label), isStreaming: false };
		},
		sources: ({ place, messageId }) => shownSources(discord.message(place.channelId, messageId)),
		activity: (place) => (discord.typing(place.channelId) ? 'typing' : ''),
		privateWords(_place, { accountId }) {
			const said = discord.messages(world.openDirect(accountId).id).filter(({ authorId }) => authorId === discord.botUserId);
			return said.map(({ content }) => unescaped(content));
		},
		async pressOffer(_place, { accountId: user }) {
			const channel = world.openDirect(user).id;
			const offer = discord.messages(channel).findLast(({ buttons }) => buttons.length > 0);
			const { failure } = await discord.press({ user, channel, messageId: offer?.id ?? '', customId: offer?.buttons[0]?.customId ?? '' });
			if (failure !== undefined) throw new Error(`not acknowledged: ${failure}`);
		},
		prompts: () => [],
		notifies: ({ place, messageId }) => discord.notified(place.channelId, messageId).length > 0,
		failNext: (operation, how) => discord.fail({ operation: operations[operation] ?? operation, ...faults[how] }),
		async endStream() {
			throw new Error('Discord has no streams.');
		},
		sinkFails,
		events,
		happenings,
		profiles: [],
		forget() {
			events.splice(0);
			happenings.splice(0);
		},
		close: held.close,
	};
}

describeAdapterContract({ name: 'the Discord adapter', open });
