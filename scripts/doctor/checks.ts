/** All that the doctor looks at, everything at once, and each within its time. */

import { BotError } from '#src/errors.ts';
import type { Settings } from '#src/settings/settings.ts';
import { diagnoseCertificate } from './certificate.ts';
import { diagnoseDatabase } from './database.ts';
import { diagnoseDocuments } from './documents.ts';
import type { Area, Finding } from './finding.ts';
import { diagnosePorts } from './http.ts';
import { diagnoseOllama } from './ollama.ts';
import { diagnoseRedis } from './redis.ts';
import type { Examined } from './report.ts';

interface Check {
	area: Area;
	look(signal: AbortSignal): Promise<Finding[]>;
}

/** Somebody sits in front of the terminal; what has not answered by then would not do for the bot either. */
const checkLimitMs = 10_000;
/** For taking the signal in, not for any more waiting. */
const graceMs = 500;

/** Looks at everything that the settings name. Never throws: what goes wrong is a finding. */
export async function examine(settings: Settings, limitMs = checkLimitMs): Promise<Examined[]> {
	// Loading an SDK holds everything else up, so it comes before anybody's time begins to run.
	const platforms = await Promise.all([
		slackChecks(settings.platforms),
		teamsChecks(settings.platforms),
		discordChecks(settings.platforms),
	]);
	const checks = [...serverChecks(settings), ...platforms.flat()];
	return await Promise.all(checks.map(async (check) => ({ area: check.area, findings: await carryOut(check, limitMs) })));
}

function serverChecks({ http, operations, database, documents, redis, models }: Settings): Check[] {
	return [
		{ area: 'http', look: (signal) => diagnosePorts(http, operations, signal) },
		{ area: 'https', look: (signal) => diagnoseCertificate(http.domain, signal) },
		{ area: 'database', look: (signal) => diagnoseDatabase(database.url, database.dataFolder, signal) },
		{ area: 'documents', look: (signal) => diagnoseDocuments(documents, database.dataFolder, signal) },
		{ area: 'redis', look: (signal) => diagnoseRedis(redis.url, signal) },
		{ area: 'ollama', look: (signal) => diagnoseOllama(models, signal) },
	];
}

/** An adapter's SDK takes up to a second to import, so each only when it is needed. */
async function slackChecks({ slack }: Settings['platforms']): Promise<Check[]> {
	if (slack === null) return [];
	const { diagnoseSlack } = await import('../../adapters/slack/doctor.ts');
	return [{ area: 'slack', look: (signal) => diagnoseSlack(slack, signal) }];
}

async function teamsChecks({ teams }: Settings['platforms']): Promise<Check[]> {
	if (teams === null) return [];
	const { diagnoseTeams } = await import('../../adapters/teams/doctor.ts');
	return [{ area: 'teams', look: (signal) => diagnoseTeams(teams, signal) }];
}

async function discordChecks({ discord }: Settings['platforms']): Promise<Check[]> {
	if (discord === null) return [];
	const { diagnoseDiscord } = await import('../../adapters/discord/doctor.ts');
	return [{ area: 'discord', look: (signal) => diagnoseDiscord({ ...discord, applicationId: discord.applicationId || null }, signal) }];
}

/** When the time is over, a check may still tell what it has found; who does not stop even then is left behind. */
async function carryOut({ area, look }: Check, limitMs: number): Promise<Finding[]> {
	const tooSlow: Finding[] = [{ level: 'bad', code: 'check-too-slow', area, seconds: limitMs / 1_000 }];
	const ending = new AbortController();
	const leftBehind = Promise.withResolvers<Finding[]>();
	const timers = [setTimeout(() => ending.abort(), limitMs), setTimeout(() => leftBehind.resolve(tooSlow), limitMs + graceMs)];
	try {
		return withoutRepetitions(await Promise.race([look(ending.signal), leftBehind.promise]));
	} catch (thrown) {
		return ending.signal.aborted ? tooSlow : [{ level: 'bad', code: 'check-failed', area, reason: nameOf(thrown) }];
	} finally {
		for (const timer of timers) clearTimeout(timer);
	}
}

/** Two questions to a host that is away find the same. */
function withoutRepetitions(findings: readonly Finding[]): Finding[] {
	return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** The message of somebody else's error may quote anything. */
function nameOf(thrown: unknown): string {
	if (thrown instanceof BotError) return thrown.reason ?? thrown.message;
	return thrown instanceof Error ? thrown.name : 'unknown';
}
