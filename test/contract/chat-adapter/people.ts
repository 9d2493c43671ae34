/** What an adapter tells of people beyond their profile: the groups that they are in, and what is done to their accounts. */

import { describe, expect, test } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { Profile } from '#src/platform/profile.ts';
import type { AccountChange } from '../adapter-under-test.ts';
import { type AdapterScene, refusal, signal } from './scene.ts';

export function describePeople(scene: AdapterScene): void {
	const { eventsAbout, placeOf, until } = scene;

	/** Where they have just spoken: some platforms tell only of those who have. */
	async function spoken(author: Actor) {
		const said = await scene.world.say({ place: 'channel', text: 'hello', mentions: true, author });
		await eventsAbout(said);
		return said.place;
	}

	/** What is told of this person from now on, until `isIt`. */
	async function told(person: Actor, isIt: (profile: Profile) => boolean): Promise<Profile> {
		const about = () => scene.world.profiles.filter(({ profile }) => profile.accountId === person.accountId && isIt(profile));
		const [first] = await until(() => (about().length > 0 ? about() : undefined));
		if (first === undefined) throw new Error('nothing was told');
		expect(first.platform).toBe(scene.platform.name);
		expect({ tenantId: first.profile.tenantId, accountId: first.profile.accountId }).toEqual(person);
		return first.profile;
	}

	describe('groups', () => {
		test('are those that a person is in, and only as long as they are', async () => {
			if (scene.lacks('accounts')) return;
			const [one, two] = [await scene.world.newcomer(), await scene.world.newcomer()];
			const place = await placeOf(scene.widest);
			const groupsOf = async (person: Actor) => (await scene.platform.fetchGroups(person, place, signal))?.toSorted();
			expect(await groupsOf(one)).toEqual([]);
			const first = await scene.world.giveGroup(one);
			const second = await scene.world.giveGroup(one);
			expect(first).not.toBe(second);
			expect(await groupsOf(one)).toEqual([first, second].toSorted());
			expect(await groupsOf(two)).toEqual([]);
			await scene.world.takeGroup(one, first);
			expect(await groupsOf(one)).toEqual([second]);
		});

		test('are not those of somebody else who has the same account id elsewhere', async () => {
			if (scene.lacks('accounts')) return;
			const person = await scene.world.newcomer();
			const place = await placeOf(scene.widest);
			const groupId = await scene.world.giveGroup(person);
			const groups = await scene.platform.fetchGroups({ ...person, tenantId: `${person.tenantId}9` }, place, signal);
			expect(groups ?? []).not.toContain(groupId);
		});

		test('are unknown, and not none, where the adapter has no right to know', async () => {
			if (scene.world.withoutGroupRight === null) return;
			const person = await scene.world.newcomer();
			const place = await placeOf(scene.widest);
			await scene.world.giveGroup(person);
			const { platform, close } = await scene.world.withoutGroupRight();
			try {
				await until(() => platform.health().state === 'up');
				expect(await platform.fetchGroups(person, place, signal)).toBeNull();
			} finally {
				await close();
			}
		});

		test('are not asked for any more once the signal is aborted', async () => {
			const place = await placeOf(scene.widest);
			const asked = scene.platform.fetchGroups(scene.world.people.member, place, AbortSignal.abort());
			expect(await refusal(asked)).toMatchObject({ code: 'CANCELLED' });
		});
	});

	describe('an account', () => {
		const shows: Record<AccountChange, (profile: Profile, before: Profile) => boolean> = {
			rename: ({ displayName }, before) => displayName !== before.displayName,
			'make-guest': ({ isGuest }) => isGuest,
			close: ({ isDeactivated }) => isDeactivated,
			reopen: ({ isDeactivated }) => !isDeactivated,
		};

		test.each(Object.keys(shows) as AccountChange[])('is told of unasked as it is when asked for: %s', async (change) => {
			if (!scene.world.tells.includes(change)) return;
			const person = await scene.world.newcomer();
			const place = await spoken(person);
			const before = await scene.platform.fetchProfile(person, place, signal);
			if (change === 'reopen') {
				await scene.world.changeAccount(person, 'close');
				await told(person, (profile) => shows.close(profile, before));
				scene.world.forget();
			}
			await scene.world.changeAccount(person, change);
			const profile = await told(person, (one) => shows[change](one, before));
			const { isGuest, isExternal, isDeactivated, isBot, displayName } = await scene.platform.fetchProfile(person, place, signal);
			expect(profile).toMatchObject({ isGuest, isExternal, isDeactivated, isBot, displayName });
		});

		test('is told of again when it could not be kept', async () => {
			const [change] = scene.world.tells;
			if (change === undefined) return;
			const person = await scene.world.newcomer();
			const before = await scene.platform.fetchProfile(person, await spoken(person), signal);
			scene.world.sinkFails(new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }));
			await scene.world.changeAccount(person, change);
			await new Promise((resolve) => setTimeout(resolve, 50));
			scene.world.sinkFails(null);
			await told(person, (profile) => shows[change](profile, before));
		});
	});
}
