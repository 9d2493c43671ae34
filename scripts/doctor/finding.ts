/** What the doctor can find: facts with a code, told in words only when they are printed. */

import type { DiscordFinding } from '../../adapters/discord/doctor.ts';
import type { SlackFinding } from '../../adapters/slack/doctor.ts';
import type { TeamsFinding } from '../../adapters/teams/doctor.ts';

/** `note`: cannot be seen from here, or is worth knowing; `warning`: works, but look at it; `bad`: does not work. */
export type Level = 'good' | 'note' | 'warning' | 'bad';

export type Area = 'settings' | 'http' | 'https' | 'database' | 'documents' | 'redis' | 'ollama' | 'slack' | 'teams' | 'discord';

export type SettingsFinding =
	| { level: 'good'; code: 'settings'; count: number }
	/** In the words of `inspectSettings`. */
	| { level: 'bad'; code: 'setting-wrong'; problem: string }
	| { level: 'note'; code: 'no-platform' }
	| { level: 'warning'; code: 'secrets-open'; file: string };

/** `address` is `host:port`. */
export type HttpFinding =
	| { level: 'good'; code: 'port-free'; address: string }
	| { level: 'good'; code: 'running-ready'; address: string; parts: string[] }
	| { level: 'warning'; code: 'running-not-ready'; address: string }
	| { level: 'warning'; code: 'running-part'; part: string; state: string; reason: string }
	| { level: 'bad'; code: 'port-taken' | 'port-forbidden' | 'host-unknown'; address: string };

/** `reason` is a socket's code, or that of what is wrong with the certificate. `days` are those that it still holds. */
export type CertificateFinding =
	| { level: 'good'; code: 'certificate'; domain: string; days: number }
	| { level: 'warning'; code: 'certificate-late'; domain: string; days: number }
	| { level: 'warning'; code: 'certificate-untrusted'; domain: string; reason: string }
	| { level: 'bad'; code: 'certificate-ended'; domain: string }
	| { level: 'bad'; code: 'address-unreachable'; domain: string; reason: string };

/** `reason` is a socket's code or an SQLSTATE. */
export type DatabaseFinding =
	| { level: 'good'; code: 'server'; place: string; version: string }
	| { level: 'bad'; code: 'server-old'; place: string; version: string }
	| { level: 'bad'; code: 'server-unreachable' | 'server-refuses-login' | 'server-lacks-database'; place: string; reason: string }
	| { level: 'good'; code: 'pooler' }
	| { level: 'bad'; code: 'pooler-lends' }
	| { level: 'good'; code: 'login' }
	| { level: 'warning'; code: 'login-superuser' }
	| { level: 'bad'; code: 'login-weak'; statement: string }
	| { level: 'warning'; code: 'login-makes-no-roles'; statement: string }
	| { level: 'good'; code: 'migrations-current'; count: number }
	| { level: 'note'; code: 'migrations-pending'; names: string[] }
	| { level: 'note'; code: 'migrations-newer'; names: string[] }
	| { level: 'bad'; code: 'restored-without-owners'; owner: string }
	| { level: 'bad'; code: 'schema-newer' | 'schema-older'; version: string }
	| { level: 'bad'; code: 'migrations-unreadable'; statement: string }
	| { level: 'good'; code: 'pgvector' }
	| { level: 'note'; code: 'embedding-model-chosen'; model: string }
	| { level: 'warning'; code: 'pgvector-missing' | 'pgvector-not-created' | 'vector-index-missing' }
	| { level: 'good'; code: 'folder' | 'folder-new'; folder: string }
	| { level: 'bad'; code: 'folder-read-only' | 'folder-foreign'; folder: string }
	| { level: 'warning'; code: 'folder-replaceable'; folder: string; holder: string }
	| { level: 'warning'; code: 'folder-open' | 'folder-link-open'; folder: string }
	| { level: 'warning'; code: 'folder-in-use'; folder: string; pid: number | null; host: string };

/** `reason` is a socket's code or the service's own word. */
export type DocumentsFinding =
	| { level: 'good'; code: 'documents-folder'; folder: string }
	| { level: 'bad'; code: 'documents-read-only'; folder: string }
	| { level: 'good'; code: 'bucket'; place: string }
	| { level: 'bad'; code: 'bucket-unreachable' | 'bucket-refuses'; place: string; reason: string };

/** `reason` is a socket's code or Redis' own word. */
export type RedisFinding =
	| { level: 'good'; code: 'no-redis' }
	| { level: 'good'; code: 'redis'; place: string; version: string }
	| { level: 'bad'; code: 'redis-old'; place: string; version: string }
	| { level: 'bad'; code: 'redis-unreachable' | 'redis-refuses-login'; place: string; reason: string }
	| { level: 'bad'; code: 'redis-refuses'; place: string; command: string; reason: string }
	| { level: 'warning'; code: 'redis-version-unknown'; place: string };

export type OllamaFinding =
	| { level: 'good'; code: 'ollama'; host: string; version: string }
	| { level: 'bad'; code: 'ollama-unreachable'; host: string; reason: string }
	| { level: 'bad'; code: 'ollama-refuses-login'; host: string }
	| { level: 'good'; code: 'model'; host: string; model: string }
	| { level: 'bad'; code: 'model-missing' | 'model-cannot-chat' | 'model-cannot-embed'; host: string; model: string }
	| { level: 'bad'; code: 'model-cloud'; model: string; variable: string }
	| { level: 'warning'; code: 'model-unknown'; host: string; model: string }
	| { level: 'warning'; code: 'model-context-short'; host: string; model: string; tokens: number; wantedTokens: number }
	| { level: 'warning'; code: 'model-context-differs'; host: string; model: string; tokens: number; wantedTokens: number }
	| { level: 'warning'; code: 'model-one-at-a-time'; host: string; model: string; slots: number };

/** The check itself did not come to an end. */
export type CheckFinding =
	| { level: 'bad'; code: 'check-too-slow'; area: Area; seconds: number }
	| { level: 'bad'; code: 'check-failed'; area: Area; reason: string };

export type Finding =
	| SettingsFinding
	| HttpFinding
	| CertificateFinding
	| DatabaseFinding
	| DocumentsFinding
	| RedisFinding
	| OllamaFinding
	| SlackFinding
	| TeamsFinding
	| DiscordFinding
	| CheckFinding;
