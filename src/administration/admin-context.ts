/** What a command of administrators works with, and what comes of it. */

import type { Principal, Transaction } from '../database/transaction.ts';
import type { DigestOperations } from '../digest/create-digests.ts';
import type { Account } from '../identity/account.ts';
import type { DeadLetters } from '../jobs/dead-letters.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { IngestOperations } from '../knowledge/ingest/ingest-operations.ts';
import type { VectorOperations } from '../knowledge/vectors/vector-operations.ts';
import type { Words } from '../locales/locales.ts';
import type { CommandResult } from '../platform/command-result.ts';
import type { AccountOrders } from '../sessions/passwords/account-orders.ts';
import type { Broadcasts } from './broadcasts.ts';
import type { CaseReading } from './case-reading.ts';
import type { ModelOrders } from './model-orders.ts';
import type { RecordFiles } from './record-files.ts';

export type AdministrationWords = Words['administration'];

/** Who gives commands: a person in the chat, or whoever sits at the machine. */
export type Administrator = { kind: 'person'; asker: Principal } | { kind: 'console' };

export interface AdminContext {
	transaction: Transaction;
	words: AdministrationWords;
	/** Names of the platforms there are: an account on another one is a slip of the pen. */
	platforms: readonly string[];
	/** Whether the configuration makes this account an administrator. */
	isListed: (account: Account) => boolean;
}

/** How a part of the program is, and what to do about it. */
export interface PartHealth {
	state: 'up' | 'degraded' | 'down' | 'starting';
	reason?: string;
}

export interface EvaluationOperations {
	/** Leaves it to be done; whoever asked is told in their personal chat. @throws BotError as `Jobs.enqueue`. */
	begin(userId: string): Promise<void>;
}

/** The books that the program keeps for itself. */
export interface ProgramBooks {
	jobs: Pick<Jobs, 'unfinished' | 'look' | 'cancel'>;
	deadLetters: DeadLetters;
	/** Null where no program runs that reads files. */
	ingestion: IngestOperations | null;
	/** As `ingestion`; null, too, where the database keeps no vectors. */
	vectors: VectorOperations | null;
	/** Null at the machine: what people said is read by name. */
	cases: CaseReading | null;
	/** Null where no program runs that posts them. */
	digests: DigestOperations | null;
	/** Null where no program runs that posts them. */
	broadcasts: Pick<Broadcasts, 'ask'> | null;
	/** Null where no program runs that brings files into chats. */
	records: Pick<RecordFiles, 'bring'> | null;
	/** Null where no program runs that talks to the model hosts. */
	models: ModelOrders | null;
	/** What works, by part; null where no program runs that could say. */
	health: (() => Promise<Readonly<Record<string, PartHealth>>>) | null;
	/** Null where nobody signs in with a password. */
	accounts: AccountOrders | null;
	/** Null where no program runs that asks models. */
	evaluations: EvaluationOperations | null;
}

export interface ProgramContext extends ProgramBooks {
	actor: Administrator;
	words: AdministrationWords;
}

/** What a command did, or what it found out. */
export interface Effect {
	/** In the administrator's language. */
	result: CommandResult;
	/** Absent when the command only looked. */
	change?: Change;
}

export interface Change {
	/** Whom it was done to, for the log. */
	subjectUserId: string | null;
	/** References and values for the log. */
	details: Readonly<Record<string, unknown>>;
	/** Whose access ended with it. */
	lostAccess?: string;
}

/** Ends a command, with all that it has done: what it wants cannot be, and `answer` says why. Never leaves this folder. */
export class CommandRefusal extends Error {
	/** One word for the log. */
	readonly reason: string;
	readonly answer: string;

	constructor(reason: string, answer: string) {
		super(`a command of administrators was refused: ${reason}`);
		this.name = 'Refusal';
		this.reason = reason;
		this.answer = answer;
	}
}
