/** A thousand questions wait for two processes with few slots, and one of the processes is killed: what becomes of each of them. */

import { openDiscordStage } from '#test/e2e/platforms/discord-stage.ts';
import type { Answer } from '#test/e2e/platforms/stage.ts';
import { busiest, highestPlace, isAskedTooOften, killOne, openQueueScene, requestsOf, untilAllEnded } from '#test/e2e/queue-load.ts';
import { createOwnRedis } from '#test/redis/own-redis.ts';
import { startPostgres } from '#test/setup/postgres-server.ts';
import { findPostgresPrograms } from '../../../scripts/toolchain/system-parts.mjs';

const turns = 1_000;
const people = 50;
const slots = 4;
const answerMs = 300;
const killedAfter = 20;
/** Some five times what the slots alone take for all of them. */
const giveUpMs = 400_000;
const answer = 'So it is.';

/** On Discord, whose limits are mostly those of single channels: in one Slack workspace a thousand ends take a quarter of an hour. Markdown. */
export async function measureCrash(): Promise<string> {
	const programs = findPostgresPrograms();
	if (programs === null) throw new Error('a PostgreSQL server is missing on this machine');
	const redis = await createOwnRedis();
	const [postgres] = await Promise.all([startPostgres(programs), redis.start()]);
	try {
		return await measure({ DATABASE_URL: postgres.url, REDIS_URL: redis.url });
	} finally {
		await Promise.all([postgres.stop(), redis.kill()]);
	}
}

async function measure(environment: Record<string, string>): Promise<string> {
	const words = { question: (index: number) => `question number ${index} of them`, answer };
	await using scene = await openQueueScene({ openStage: openDiscordStage, turns, people, slots, answerMs, words, environment });
	const beganAtMs = performance.timeOrigin + performance.now();
	const asked = await scene.askAll();
	const killing = await killOne(scene, asked, killedAfter);
	await untilAllEnded(scene, asked, giveUpMs);
	const tookMs = performance.timeOrigin + performance.now() - beganAtMs;
	const shown = asked.map((one) => scene.stage.answers(one));
	const texts = shown.flat().flatMap(({ history }) => history.map(({ text }) => text));
	const count = (isSo: (index: number) => boolean) => asked.filter((_, index) => isSo(index)).length;
	const isWhole = ({ text, isOpen }: Answer) => text === answer && !isOpen;
	const lines = {
		asked: asked.length,
		'ended before the kill': killing.endedBefore.size,
		'with one whole answer': count((index) => shown[index]?.filter(isWhole).length === 1),
		'without an answer': count((index) => !shown[index]?.some(isWhole)),
		'with several answers': count((index) => (shown[index]?.filter(isWhole).length ?? 0) > 1),
		'messages left behind beside an answer': shown.flat().filter((one) => !isWhole(one)).length,
		'asked of the model again after the kill': asked.filter((one) => requestsOf(scene, one).length > 1).length,
		'asked of the model again without need': asked.filter((one) => isAskedTooOften(scene, one, killing)).length,
		'most model requests at one moment': `${busiest(scene).requests} of ${slots} slots`,
		'highest place that was shown': highestPlace(texts),
		'all ended after': `${(tookMs / 1_000).toFixed(0)} s; the slots alone take ${((turns * answerMs) / slots / 1_000).toFixed(0)} s`,
	};
	const rows = Object.entries(lines).map(([name, value]) => `| ${name} | ${value} |`);
	return [`| ${turns} questions of ${people} people, one of two processes killed | |`, '| --- | --- |', ...rows].join('\n');
}
