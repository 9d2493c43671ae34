/** What holds for every text on every platform: plays a script and reads all that was shown. */

import { createKnownLinks } from '#src/conversation/known-links.ts';
import type { CommandResult } from '#src/platform/command-result.ts';
import type { Finding } from './readers/finding.ts';
import { foreignLinksOf } from './readers/live-links.ts';
import { readSurface } from './readers/surfaces.ts';
import type { PlatformName } from './sent/platform.ts';
import { recordedPlatforms } from './sent/platforms.ts';
import { play, type Script } from './sent/play.ts';
import type { Shown, Surface } from './sent/surface.ts';

export const platformNames: readonly PlatformName[] = ['slack', 'teams', 'discord'];

/** The hosts that may be linked where only known ones may. */
const knownHosts = ['good.com', 'example.com'];

/** Of the processor, so that a busy machine is no finding, and far above what any of the texts takes; a text that explodes takes minutes. */
const tooSlowMs = 3_000;

/** All that is wrong with one script; empty when the promise holds. */
export async function check(name: PlatformName, script: Script): Promise<Finding[]> {
	return await watch(async () => {
		const { findings, shown } = await play(recordedPlatforms[name](), script);
		return [...findings, ...readAll(shown)];
	});
}

/** The same, and nothing can be pressed that leads to hosts which nobody knows. Sources link to whatever they are. */
export async function checkKnown(name: PlatformName, script: Script): Promise<Finding[]> {
	return await watch(async () => {
		const platform = recordedPlatforms[name]();
		const links = createKnownLinks({ hosts: knownHosts, platform: { messageAt: () => null }, place: platform.place }).rule();
		const { findings, shown } = await play(platform, { ...script, sources: [], ...(links === undefined ? {} : { links }) });
		return [...findings, ...readAll(shown, findUnknownHosts)];
	});
}

/** The same for a text of which it is known how it has to arrive; `compare` gets what the last message shows. */
export async function checkArrival(
	name: PlatformName,
	script: Script,
	compare: (platform: PlatformName, text: string, shown: readonly Surface[]) => Finding[],
): Promise<Finding[]> {
	return await watch(async () => {
		const { findings, shown } = await play(recordedPlatforms[name](), script);
		return [...findings, ...readAll(shown), ...compare(name, script.text, shown.at(-1)?.surfaces ?? [])];
	});
}

/** All that is wrong with what one person is told, whoever wrote the words in it. */
export async function checkTold(name: PlatformName, told: CommandResult): Promise<Finding[]> {
	return await watch(async () => {
		const { outbound, place, take } = recordedPlatforms[name]();
		await outbound.sendPrivately(place, { tenantId: place.tenantId, accountId: 'U1' }, told, undefined, new AbortController().signal);
		return readAll(take());
	});
}

async function watch(work: () => Promise<Finding[]>): Promise<Finding[]> {
	const before = process.threadCpuUsage();
	try {
		const findings = await work();
		const { user, system } = process.threadCpuUsage(before);
		const tookMs = (user + system) / 1_000;
		return tookMs > tooSlowMs ? [...findings, { kind: 'too-slow', where: 'product', what: `${tookMs.toFixed(0)} ms` }] : findings;
	} catch (thrown) {
		return [{ kind: 'thrown', where: 'product', what: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) }];
	}
}

function findUnknownHosts(surface: Surface): Finding[] {
	return foreignLinksOf(surface, knownHosts).map((what) => ({ kind: 'unknown-host', where: surface.kind, what }));
}

/** Each different surface once. `alsoFind`: what must not be in one beside what never must. */
function readAll(shown: readonly Shown[], alsoFind: (surface: Surface) => Finding[] = () => []): Finding[] {
	const seen = new Set<string>();
	return shown.toReversed().flatMap(({ moment, surfaces }, index) =>
		surfaces.flatMap((surface) => {
			const key = `${surface.kind}:${surface.text}`;
			if (seen.has(key)) return [];
			seen.add(key);
			const findings = [...readSurface(surface, index === 0), ...alsoFind(surface)];
			return findings.map((finding) => ({ ...finding, where: `${finding.where} (${moment})` }));
		}),
	);
}
