/** What every chat adapter must do, whatever platform is behind it. Run over the adapter itself and the platform's emulator. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AdapterUnderTest } from './adapter-under-test.ts';
import { describeArriving } from './chat-adapter/arriving.ts';
import { describeCiting } from './chat-adapter/citing.ts';
import { describeClaims } from './chat-adapter/claims.ts';
import { describeHappenings } from './chat-adapter/happenings.ts';
import { describeListing } from './chat-adapter/listing.ts';
import { describeLooking } from './chat-adapter/looking.ts';
import { describePeople } from './chat-adapter/people.ts';
import { createAdapterScene, message, signal } from './chat-adapter/scene.ts';
import { describeSending } from './chat-adapter/sending.ts';
import { describeStreaming } from './chat-adapter/streaming.ts';
import { describeTrouble } from './chat-adapter/trouble.ts';

/** An adapter, made anew for the suite. */
export interface AdapterContract {
	name: string;
	open(): Promise<AdapterUnderTest>;
}

export function describeAdapterContract(contract: AdapterContract): void {
	let world: AdapterUnderTest;
	const scene = createAdapterScene(() => world);

	describe(contract.name, () => {
		beforeAll(async () => {
			world = await contract.open();
			await scene.until(() => world.platform.health().state === 'up');
		});
		afterAll(() => world.close());
		beforeEach(() => world.forget());

		describeArriving(scene);
		describeSending(scene);
		describeCiting(scene);
		describeStreaming(scene);
		describeTrouble(scene);
		describeClaims(scene);
		describePeople(scene);
		describeLooking(scene);
		describeHappenings(scene);
		describeListing(scene);

		test('stops to listen, and can still speak', async () => {
			const place = await scene.placeOf(scene.widest);
			await world.platform.stop();
			expect(world.seen(await world.platform.post(place, message('last words'), signal))?.text).toBe('last words');
		});
	});
}
