import { describe, expect, it } from 'vitest';
import type { Place } from '#src/platform/place.ts';
import { away, meeting, signal, useIdentityWorld } from './identity-world.ts';

const world = useIdentityWorld();
const elsewhere = { place: null };

describe('somebody who asks in a place of another platform', () => {
	/** Where the platform was asked about them. */
	function watch(): Place[] {
		const places: Place[] = [];
		const { fetchProfile } = world.platform;
		world.platform.fetchProfile = async function (actor, place, given) {
			places.push(place);
			return await fetchProfile.call(this, actor, place, given);
		};
		return places;
	}

	async function resolve() {
		return await world.identities.resolve(world.platform, world.ana, elsewhere, signal);
	}

	it('is the same person with the same rights, looked up where they were met last', async () => {
		const here = await world.resolve();
		await world.grow('20 minutes');
		const places = watch();
		expect(await resolve()).toEqual(here);
		expect(places).toEqual([{ ...meeting.place, threadId: '' }]);
	});

	it('loses what they lose on their own platform', async () => {
		await world.resolve();
		await world.grow('20 minutes');
		world.platform.profiles.set(world.ana.accountId, { isDeactivated: true });
		expect((await resolve()).standing).toBe('deactivated');
		const profile = {
			...world.ana,
			displayName: 'Ana',
			locale: null,
			isBot: false,
			isGuest: true,
			isExternal: false,
			isDeactivated: false,
		};
		await world.identities.take('fake', profile);
		world.platform.profiles.set(world.ana.accountId, { isGuest: true });
		expect((await resolve()).standing).toBe('guest');
	});

	it('is let in by nobody’s word while their platform is away', async () => {
		await world.resolve();
		await world.grow('20 minutes');
		world.platform.fetchProfile = () => Promise.reject(away);
		const resolving = resolve();
		await expect(world.withClock(resolving)).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
	});

	it('is nobody when they were never met, and then nothing is asked or written down', async () => {
		const places = watch();
		expect(await resolve()).toMatchObject({ standing: 'guest', role: 'ccb_guest' });
		expect(places).toEqual([]);
		expect(await world.storedIdentities()).toEqual([]);
	});
});

describe('the last place of an account', () => {
	const lastPlace = async () => await world.identities.lastPlaceOf({ ...world.ana, platform: 'fake' });

	it('is where they were met when the platform was asked about them, with the way there and without a thread', async () => {
		expect(await lastPlace()).toBeNull();
		await world.resolve();
		expect(await lastPlace()).toEqual({ ...meeting.place, threadId: '' });
		const moved: Place = { ...meeting.place, channelId: 'D', threadId: '', kind: 'direct', route: 'https://service.example.com/' };
		await world.grow('20 minutes');
		await world.identities.resolve(world.platform, world.ana, { place: moved }, signal);
		expect(await lastPlace()).toEqual(moved);
	});

	it('is not moved by asking from elsewhere', async () => {
		await world.resolve();
		await world.grow('20 minutes');
		await resolveElsewhere();
		expect(await lastPlace()).toEqual({ ...meeting.place, threadId: '' });
	});

	async function resolveElsewhere() {
		return await world.identities.resolve(world.platform, world.ana, elsewhere, signal);
	}
});
