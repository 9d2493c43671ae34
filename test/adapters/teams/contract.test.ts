import { expect } from 'vitest';
import type { Actor, ButtonAction } from '#src/platform/chat-event.ts';
import { type AdapterUnderTest, newName, type PlaceChange, type Said } from '#test/contract/adapter-under-test.ts';
import { describeAdapterContract } from '#test/contract/chat-adapter.contract.ts';
import type { Fault, Operation } from '#test/emulators/teams/faults.ts';
import type { DirectoryEntry, VisibleButton } from '#test/emulators/teams/index.ts';
import type { Press } from '#test/emulators/teams/people.ts';
import { shownSources } from '#test/emulators/teams/shown-sources.ts';
import { openTeamsWorld } from './teams-world.ts';

const operations: Record<string, Operation> = { post: 'post', edit: 'update', remove: 'delete' };
const faults: Record<'limited' | 'lost' | 'silent', Omit<Fault, 'operation'>> = {
	limited: { kind: '429', retryAfterSeconds: 2 },
	lost: { kind: 'stored-then-502' },
	silent: { kind: 'hang' },
};

const teamEvents: Partial<Record<PlaceChange, string>> = {
	'place-archived': 'teamArchived',
	'place-unarchived': 'teamUnarchived',
	'place-deleted': 'channelDeleted',
	'place-renamed': 'channelRenamed',
};

async function open(): Promise<AdapterUnderTest> {
	// As long as Teams waits: what is given up on a busy machine is sent again, but never answered.
	const held = await openTeamsWorld({}, { resourceSpecificConsent: true, ackTimeoutMs: 15_000 });
	const { teams, platform, tom, lucia, conversations, actor } = held;
	const { tenant } = teams;
	const guest = tenant.addUser({ name: 'Gus Guest', isGuest: true });
	const outsider = tenant.addUser({ name: 'Olga Other', tenantId: '11111111-2222-4333-8444-555555555555' });
	const gone = tenant.addUser({ name: 'Gina Gone' });
	tenant.conversation(conversations.channel)?.members.push(guest.id, outsider.id);
	const userOf = (account: Actor | undefined) => tenant.user(account?.accountId ?? '')?.id ?? tom.id;
	const groups = new Map<string, DirectoryEntry>();
	/** Each delivery is a request of its own, so a later one may be done earlier. */
	const answered = (id: string) =>
		expect
			.poll(() => teams.deliveries.filter(({ activityId, answeredAtMs }) => activityId === id && answeredAtMs === null), { interval: 5 })
			.toEqual([]);
	return {
		platform,
		kinds: ['direct', 'group', 'channel'],
		people: {
			member: actor(tom),
			colleague: actor(lucia),
			guest: actor(guest),
			outsider: { tenantId: outsider.tenantId, accountId: outsider.aadObjectId ?? '' },
			gone: actor(gone),
		},
		async newcomer() {
			const user = tenant.addUser({ name: 'Nina New' });
			for (const kind of ['group', 'channel'] as const) tenant.conversation(conversations[kind])?.members.push(user.id);
			return actor(user);
		},
		async giveGroup(person) {
			const group = tenant.directory.addGroup({ name: 'Helpers', members: [userOf(person)] });
			groups.set(group.id, group);
			return group.id;
		},
		async takeGroup(person, groupId) {
			const group = groups.get(groupId);
			if (group !== undefined) group.members = group.members.filter((id) => id !== userOf(person));
		},
		async withoutGroupRight() {
			teams.grantGraph({ groups: false });
			return { platform, close: async () => teams.grantGraph({ groups: true }) };
		},
		// Activities are about conversations.
		tells: [],
		changeAccount: async () => {
			throw new Error('Teams tells of no account.');
		},
		async say({ place: kind, text, mentions = false, in: thread, author, file }): Promise<Said> {
			const files = file === undefined ? [] : [{ name: file.name, mimetype: file.mediaType, content: file.content }];
			const threadRootId = thread?.threadId || undefined;
			const { id } = await teams.say({
				user: userOf(author),
				conversation: conversations[kind],
				text,
				mentionBot: mentions,
				threadRootId,
				files,
			});
			await answered(id);
			return { messageId: id, place: held.placeOf(kind, threadRootId ?? id) };
		},
		async sayCiting({ in: { channelId, threadId }, text, cited }) {
			const author = tenant.addUser({ name: cited.author });
			tenant.conversation(channelId)?.members.push(author.id);
			const here = { conversation: channelId, threadRootId: threadId };
			const quoted = await teams.say({ ...here, user: author.id, text: cited.text });
			const { id } = await teams.say({ ...here, user: tom.id, text, quotes: [quoted.id] });
			await answered(id);
			return { messageId: id, place: held.placeOf('channel', threadId) };
		},
		async sayAsApp({ in: { channelId, threadId }, app, text }) {
			const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] };
			const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
			const { id } = await teams.sayAsApp({
				app: tenant.addApp({ name: app }),
				conversation: channelId,
				threadRootId: threadId,
				attachments,
			});
			return { messageId: id, place: held.placeOf('channel', threadId) };
		},
		async sayAsBot(text) {
			const activity = teams.compose({ user: lucia.id, conversation: conversations.channel, text, mentionBot: true });
			const from = { id: '28:another-bot', name: 'Another', aadObjectId: lucia.aadObjectId, role: 'bot' };
			await teams.deliver({ ...activity, from });
		},
		async openClosedChannel(people) {
			const members = people.map((person) => userOf(person));
			const team = tenant.addTeam({ name: 'Closed', members });
			const { id } = await teams.say({ user: members[0] ?? '', conversation: team.id, text: 'among us' });
			const place = { ...held.placeOf('channel', id), channelId: team.id, route: `${teams.serviceUrl}#${encodeURIComponent(team.id)}` };
			return { messageId: id, place };
		},
		letIn: ({ channelId }, who) => teams.conversationUpdate({ user: tom.id, conversation: channelId, membersAdded: [userOf(who)] }),
		async shutOut({ channelId }, who) {
			if (who === 'bot') await teams.installationUpdate({ user: tom.id, conversation: channelId, action: 'remove' });
			else await teams.conversationUpdate({ user: tom.id, conversation: channelId, membersRemoved: [userOf(who)] });
		},
		async changePlace(place, change) {
			const conversation = tenant.conversation(place.channelId);
			if (conversation === undefined) throw new Error('no such channel');
			if (change === 'place-renamed') conversation.name = newName;
			const eventType = teamEvents[change];
			await teams.conversationUpdate({ user: tom.id, conversation: place.channelId, ...(eventType === undefined ? {} : { eventType }) });
			return place;
		},
		removeApp: async () => {
			throw new Error('Teams tells it of each team and chat.');
		},
		changeFile: async () => {
			throw new Error('Teams tells of no changes to files.');
		},
		// Nothing is kept.
		settle: async () => {},
		shownFiles: () => [],
		linkTo({ messageId, place: { channelId, threadId } }) {
			const { team } = tenant.conversation(channelId) ?? {};
			const query = new URLSearchParams({
				tenantId: teams.tenantId,
				groupId: team?.aadGroupId ?? '',
				parentMessageId: threadId,
				createdTime: messageId,
			});
			return `https://teams.microsoft.com/l/message/${encodeURIComponent(channelId)}/${messageId}?${query}`;
		},
		edit: ({ messageId, place }, text) => teams.edit({ user: tom.id, conversation: place.channelId, id: messageId, text }),
		remove: ({ messageId, place }) => teams.remove({ user: tom.id, conversation: place.channelId, id: messageId }),
		async press({ place, messageId }, action, account) {
			const pressed = { user: userOf(account), conversation: place.channelId, id: messageId };
			const answer =
				action.name === 'feedback'
					? await teams.giveFeedback({ ...pressed, reaction: action.rating === 'up' ? 'like' : 'dislike' })
					: await teams.pressCard({ ...pressed, ...markedWith(action, teams.message(place.channelId, messageId)?.buttons ?? []) });
			if (answer.failure !== undefined) throw new Error(`not acknowledged: ${answer.failure}`);
		},
		deliverTwice: teams.duplicateDeliveries,
		async forge() {
			const activity = teams.compose({ user: tom.id, conversation: conversations.channel, text: 'forged', mentionBot: true });
			const answers = await Promise.all(
				(['none', 'forged-signature', 'wrong-audience', 'emulator-issuer'] as const).map((token) => teams.deliver(activity, { token })),
			);
			return answers.some(({ status }) => status === null || status < 400);
		},
		seen({ place, messageId }) {
			const message = teams.message(place.channelId, messageId);
			if (message === undefined || message.deleted) return null;
			return {
				text: message.visibleText,
				buttons: message.buttons.map(({ title }) => title),
				isStreaming: message.streaming === 'in_progress',
			};
		},
		sources: ({ place, messageId }) => shownSources(teams.message(place.channelId, messageId)),
		activity: ({ channelId }) =>
			teams.callsTo('typing').some(({ path }) => path.includes(encodeURIComponent(channelId))) ? 'is typing' : '',
		privateWords(place, account) {
			const reader = userOf(account);
			return teams
				.messages(place.channelId)
				.filter(({ from, visibleTo }) => from === 'bot' && (place.kind === 'direct' || visibleTo === reader))
				.map(({ visibleText }) => visibleText);
		},
		async pressOffer(place, account) {
			const user = userOf(account);
			const offer = teams.messages(place.channelId).findLast(({ buttons }) => buttons.length > 0);
			const { failure } = await teams.pressCard({
				user,
				conversation: place.channelId,
				id: offer?.id ?? '',
				title: offer?.buttons[0]?.title ?? '',
			});
			if (failure !== undefined) throw new Error(`not acknowledged: ${failure}`);
		},
		prompts: () => teams.callsTo('post').flatMap(({ body }) => promptsOf(body)),
		notifies({ place, messageId }) {
			const message = teams.message(place.channelId, messageId);
			return message !== undefined && (teams.notifies(message).length > 0 || /<at/i.test(message.text));
		},
		failNext: (operation, how) => teams.fail({ operation: operations[operation] ?? 'stream', ...faults[how] }),
		async endStream({ place, messageId }, how) {
			if (how === 'expire') teams.ageStream(place.channelId, messageId, 3 * 60_000);
			else await teams.stopStreaming({ user: tom.id, conversation: place.channelId });
		},
		sinkFails: held.sinkFails,
		events: held.events,
		happenings: held.happenings,
		profiles: [],
		forget() {
			held.events.splice(0);
			held.happenings.splice(0);
		},
		close: held.close,
	};
}

/** What a button's data says; of several passages one is chosen in the card. */
function markedWith(
	action: Exclude<ButtonAction, { name: 'feedback' }>,
	buttons: readonly VisibleButton[],
): Pick<Press, 'data' | 'inputs'> {
	const own = { data: { openccb: { ...action } } };
	if (action.name !== 'passage' || buttons.some(({ data }) => JSON.stringify(data) === JSON.stringify(own.data))) return own;
	return { data: { openccb: { name: action.name, replyId: action.replyId } }, inputs: { position: String(action.position) } };
}

/** The store of the emulator keeps what is shown; what stands below the box for a new message is in the call alone. */
function promptsOf(body: unknown): string[] {
	const { suggestedActions } = body as { suggestedActions?: { actions: { value: string }[] } };
	return suggestedActions?.actions.map(({ value }) => value) ?? [];
}

describeAdapterContract({ name: 'the Teams adapter', open });
