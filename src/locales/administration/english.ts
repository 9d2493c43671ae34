/** What administrators are told in English. Names, roles, references and lists come in as text; numbers as numbers. */

import { broadcast } from '../broadcast/english.ts';
import { digest } from '../digest/english.ts';
import { evaluation } from '../evaluation/english.ts';
import { feedback } from '../feedback/english.ts';
import { count, duration } from '../limits/amounts.ts';
import { operating } from '../operating/english.ts';
import { orderWords } from '../order-words/english.ts';
import { records } from '../records/english.ts';

const people = (number: number) => (number === 1 ? '1 person' : `${number} people`);

export const administration = {
	help: {
		heading: 'What administrators can do:',
		topic: {
			people: 'who may use me, and who is who',
			roles: 'roles, and what they may use',
			files: 'files on their way in',
			models: 'models, and how well they answer',
			feedback: 'wrong answers, and what is missing',
			running: 'what runs, what it costs, and what was done',
		},
		more: '“help TOPIC” says how the orders of one go, such as “help people”.',
		inSpanish: (orders: string) => `In Spanish these are ${orders}.`,
		legend: (limits: string) =>
			['PERSON is an account such as slack:T0123:U0123, or a name; in quotes before other words.', `LIMIT is one of ${limits}.`].join('\n'),
	},
	usage: {
		help: 'help [TOPIC]: what there is; TOPIC is people, roles, files, models, feedback or running',
		grant: 'grant PERSON ROLE: gives somebody a role',
		revoke: 'revoke PERSON: takes it back',
		deactivate: 'deactivate PERSON: locks somebody out, everywhere',
		activate: 'activate PERSON: lets them in again',
		who: 'who PERSON: accounts, role and limits',
		roles: 'roles: all roles, and who gets them',
		'role-create': 'role create NAME [rank NUMBER]: makes a role; the highest rank counts',
		'role-drop': 'role drop NAME: removes a role that nobody has',
		map: 'map PLATFORM:TENANT:GROUP ROLE: whoever is in the group has the role',
		unmap: 'unmap PLATFORM:TENANT:GROUP: not any more',
		admit: 'admit PERSON ROLE, or admit guests|strangers PLATFORM:TENANT ROLE: lets people from outside in',
		dismiss: 'dismiss PERSON, or dismiss guests|strangers PLATFORM:TENANT: not any more',
		'account-add': 'account add NAME [FULL NAME]: an account with a password; gives a link to choose it',
		'account-reset': 'account reset NAME: gives a link to choose another password',
		'account-factor': 'account factor NAME: takes a lost second factor away',
		limit: 'limit ROLE|PERSON LIMIT NUMBER|none|standard: what they may use; lists have commas',
		match: 'match PLATFORM:TENANT DOMAIN[,DOMAIN]|off: the same verified address there is the same person',
		jobs: 'jobs: what I have left for later, and what failed',
		'jobs-retry': 'jobs retry ID: tries a job again that failed',
		'jobs-drop': 'jobs drop ID: gives a job up',
		ingest: 'ingest [status]: files on their way in, or stuck',
		'ingest-retry': 'ingest retry NUMBER|all: tries again what failed',
		'ingest-quarantine': 'ingest quarantine: files that seem to hold secrets',
		'ingest-release': 'ingest release NUMBER: lets a file out',
		'ingest-delete': 'ingest delete NUMBER: removes a file there for good',
		models: 'models: what is installed on the model hosts, and what is in memory',
		'models-default': 'models default [NAME|-]: the model where nobody chose another; - is that of the settings',
		'models-pull': 'models pull NAME: installs a model there; a message shows how far it is',
		'models-unload': 'models unload NAME: takes one out of memory',
		'models-embed': 'models embed [NAME|default|cancel|switch]: the model for vectors, and taking another one',
		feedback: 'feedback: answers with 👎, and the cases that came of them',
		'feedback-show': 'feedback show NUMBER: one of them, on the record',
		'feedback-shown': 'feedback shown: what people show you',
		'feedback-accept': 'feedback accept NUMBER [DOCUMENT…] [with|without "WORDS"] [nothing]: for `npm run eval`',
		'feedback-reject': 'feedback reject NUMBER: drops it',
		'feedback-export': 'feedback export [shown]: the cases as a file, or what people show you',
		'digest-now': 'digest now: posts weekly digests at once',
		evaluate: 'evaluate: asks the accepted cases again',
		health: 'health: what is wrong, and what to do',
		usage: 'usage [by person|model|platform|day] [DAYS]: answers and tokens',
		broadcast: 'broadcast MESSAGE: says it in every channel, after it was shown where',
		'audit-find': 'audit find TEXT | "TEXT" WHY: entries of the audit log with it; with WHY that you looked is in it',
		'audit-export': 'audit export [WHY]: the audit log as a file',
		log: 'log [NUMBER]: the newest entries of the audit log',
	},
	/** Of forms. */
	fields: {
		person: { label: 'Person', hint: 'An account such as slack:T0123:U0123, or a name.' },
		role: { label: 'Role', hint: '“admin roles” shows which there are.' },
		rank: { label: 'Rank', hint: 'A number from 1 to 999; of several roles that somebody gets, the highest counts.' },
		group: { label: 'Group', hint: 'As in slack:T0123:S0123.' },
		whom: { label: 'Whom', hint: 'An account or a name, or “guests” or “strangers” and a tenant, as in guests slack:T0123.' },
		target: { label: 'Whose limit', hint: 'A role, an account such as slack:T0123:U0123, or a name.' },
		limit: { label: 'Which limit', hint: 'What is counted or measured.' },
		value: { label: 'How much', hint: 'A number, or names with commas for models and tools, or none, or standard.' },
		tenant: { label: 'Workspace, organisation or server', hint: 'As in slack:T0123.' },
		domains: { label: 'Domains', hint: 'As in example.com, example.org; or off.' },
		file: { label: 'Number of the file', hint: '“admin ingest” and “admin ingest quarantine” show it.' },
		model: { label: 'Model', hint: 'As in bge-m3; it is installed on a host.' },
		case: { label: 'Number of the case', hint: '“admin feedback” shows it.' },
		documents: { label: 'Documents', hint: 'Numbers of documents of the whole company that should be found, as “docs” shows them.' },
		with: { label: 'Has', hint: 'Words that a right answer has.' },
		without: { label: 'Does not have', hint: 'Words that a right answer does not have.' },
		topic: { label: 'Topic', hint: 'What the orders are about.' },
		message: { label: 'Message', hint: 'What is said to all. It pings nobody.' },
		what: { label: 'What', hint: 'Nothing for the cases, or “shown” for what people show you.' },
		by: { label: 'By what', hint: 'How answers and tokens are counted together.' },
		days: { label: 'Days', hint: 'How many of the last ones; 7 when it is left empty.' },
		text: { label: 'Text', hint: 'A name, an order or an account, or a part of it.' },
		name: { label: 'Name to sign in with', hint: 'Small letters, digits, points and hyphens, as in lucia.gil.' },
		fullName: { label: 'Full name', hint: 'As colleagues know them.' },
		id: { label: 'Id of the job', hint: '“admin jobs” shows it.' },
	},
	unknownCommand: 'I do not know this order.',
	meant: (usage: string) => `Did you mean this one? ${usage}`,
	misread: (usage: string) => `I cannot read this order. It goes like this:\n${usage}`,
	limitNames: (limits: string) => `The limits are ${limits}.`,
	limitValues: 'A limit is a whole number up to 1000000000, or names separated by commas for models and tools, or none, or standard.',
	domains: 'A domain looks like example.com; several are separated by commas.',

	done: {
		granted: (person: string, role: string) => `${person} has the role ${role} from now on.`,
		revoked: (person: string) => `${person} has no role of their own any more: it follows the platform’s groups, or is the usual one.`,
		deactivated: (person: string) => `${person} is locked out, with all their accounts.`,
		activated: (person: string) => `${person} is not locked out any more.`,
		roleCreated: (role: string, rank: number) => `There is a role ${role} now, of rank ${rank}. Who has it may do what employees may.`,
		roleDropped: (role: string) => `The role ${role} is gone.`,
		mapped: (group: string, role: string) => `Whoever is in ${group} has the role ${role}, unless they were given another one.`,
		unmapped: (group: string) => `${group} stands for no role any more.`,
		admitted: (person: string, role: string) => `${person} may use me as ${role}, even from outside the company.`,
		dismissed: (person: string) => `${person} is not let in any more while they are from outside the company.`,
		guestsAdmitted: (tenant: string, role: string) => `Guests of ${tenant} may use me as ${role}.`,
		guestsDismissed: (tenant: string) => `Guests of ${tenant} are not let in any more, but those whom you let in by name.`,
		strangersAdmitted: (tenant: string, role: string) => `People of other companies whom I meet in ${tenant} may use me as ${role}.`,
		strangersDismissed: (tenant: string) =>
			`People of other companies are not let in any more in ${tenant}, but those whom you let in by name.`,
		limited: (target: string, limit: string, value: string) => `${target}: ${limit} is ${value} from now on.`,
		matched: (tenant: string, domains: string) =>
			`Who has a verified address of ${domains} in ${tenant} is taken for the same person as whoever has it in another tenant that is matched too.`,
		unmatched: (tenant: string) => `In ${tenant}, addresses say nothing about who somebody is. Links that exist remain.`,
		entered: (reference: string) => `I have never met ${reference}: if it is a mistake, take it back.`,
	},

	refused: {
		roleName: 'The name of a role has small letters a to z, digits and underscores, begins with a letter, and has 59 characters at most.',
		unknownRole: (role: string, roles: string) => `There is no role ${role}. There are: ${roles}.`,
		roleExists: (role: string) => `There is a role ${role} already.`,
		roleBuiltIn: (role: string) => `The role ${role} always exists.`,
		roleTaken: (role: string) =>
			`The database has a role of its own by the name ${role}, with rights that I do not give away. Choose another name.`,
		noCreateRole: 'The login of the database may not make roles: it needs CREATEROLE, and `npm run doctor` says what else.',
		roleInUse: (role: string, count: number, rules: number) =>
			`The role ${role} is in use: ${people(count)} have it, and ${rules} groups or tenants give it. “roles” shows which.`,
		rank: 'A rank is a number from 1 to 999: guest is 0, employee 100, admin 1000.',
		unknownPerson: (name: string) =>
			`I know nobody called ${name}. People whom I have not met are named by their account, such as slack:T0123:U0123.`,
		unknownAccount: (reference: string) => `I have not met ${reference}.`,
		severalPeople: (name: string, candidates: string) => `Several people are called ${name}:\n${candidates}\nSay which account you mean.`,
		unknownPlatform: (platform: string, platforms: string) => `I know no platform ${platform}. I know ${platforms}.`,
		outsider: (person: string) => `${person} is from outside the company: a role counts only for members. Let them in with: admit`,
		adminFromOutside: 'Nobody from outside the company can be an administrator.',
		guestAdmitted: 'The role guest may do nothing. Let them in with another one.',
		lastAdmin: 'That would leave no administrator. Make somebody else one first.',
		listed: (person: string) => `${person} is an administrator by the setting OPENCCB_ADMINS. Only who runs me can change that.`,
		nothingThere: 'There was nothing to take away.',
		unknownFile: 'I know no file with which that could be done. “ingest” and “ingest quarantine” show which there are.',
		unknownJob: (id: string) => `I know no job ${id} of which that could be done. “jobs” shows which there are.`,
		changedMeanwhile: 'Somebody changed the same in this moment. Look at how it is now, and try again.',
	},

	account: {
		name: 'A name to sign in with has 2 to 64 small letters, digits, points, hyphens and underscores, and begins with a letter or a digit.',
		off: 'Nobody signs in with a password here: OPENCCB_SIGN_IN_PASSWORDS=on and OPENCCB_PUBLIC_URL switch that on.',
		added: (reference: string) =>
			`There is an account ${reference} now. For administrator’s rights: grant ${reference} admin; they count once it has a second factor.`,
		link: (address: string, minutes: number) =>
			`Give this link to its owner and nobody else: whoever opens it chooses the password. It works once, within ${minutes} minutes.\n${address}`,
		taken: (name: string) => `There is an account ${name} already. For another link: account reset ${name}`,
		unknown: (name: string) => `I know no account ${name} with a password.`,
		noFactor: (name: string) => `There is no account ${name} with a second factor.`,
		factorDropped: (name: string) => `${name} has no second factor any more, and no administrator’s rights until there is a new one.`,
	},

	person: {
		accounts: (accounts: string) => `Accounts: ${accounts}`,
		closed: 'closed on the platform',
		guest: 'guest',
		external: 'of another company',
		letIn: (role: string) => `let in as ${role}`,
		notLetIn: 'not let in',
		deactivated: (date: string) => `Locked out since ${date}.`,
		closedSomewhere: 'Locked out: an account of theirs is closed.',
		listed: 'Role: admin, by the setting OPENCCB_ADMINS.',
		granted: (role: string) => `Role: ${role}, given by an administrator.`,
		byGroups: 'Role: follows the platform’s groups; without one of them it is employee.',
		usual: 'Role: employee, as everybody.',
		outside: 'Role: guest. From outside the company, see the accounts.',
		limits: (limits: string) => `Limits of their own: ${limits}`,
		noLimits: 'No limits of their own.',
	},

	roles: {
		/** Said as in “rank 100, given to 3 people”. */
		columns: ['role', 'rank', 'given to', 'limits'],
		people,
		mappings: 'Groups that stand for a role:',
		tenants: 'People from outside, and matching by address:',
		guests: (tenant: string, role: string) => `guests of ${tenant}: ${role}`,
		strangers: (tenant: string, role: string) => `people of other companies in ${tenant}: ${role}`,
		matching: (tenant: string, domains: string) => `addresses in ${tenant}: ${domains}`,
	},

	jobs: {
		none: 'Nothing waits, nothing runs, and nothing failed.',
		failed: 'Failed for good, kept for 90 days:',
		unfinished: 'Left for later:',
		waiting: (name: string, since: string) => `${name}: waiting since ${since}`,
		running: (name: string, since: string) => `${name}: running since ${since}`,
		failedAt: (name: string, at: string, tries: number) =>
			`${name}: failed at ${at}, ${tries === 1 ? 'tried once' : `tried ${tries} times`}`,
		error: (code: string) => `with the error ${code}`,
		noError: 'because its process died',
		retried: (name: string) => `The job ${name} is tried again.`,
		waitsAlready: (name: string) => `A job ${name} for the same thing waits already: the one that failed is gone, and that one does it.`,
		dropped: (name: string) => `The job ${name} is given up. What it had done stays done.`,
	},

	ingest: {
		state: {
			asked: 'waiting for whoever shared them',
			waiting: 'waiting',
			reading: 'being read',
			ready: 'indexed',
			unread: 'not readable',
			failed: 'failed',
			quarantined: 'in quarantine',
		},
		checked: 'still where they were shared',
		checks: (found: number, unknown: number, unasked: number) =>
			`${found} by the platform’s word, ${unknown} nobody can say, ${unasked} not asked yet`,
		failed: 'Failed, and can be tried again:',
		unread: 'Not readable:',
		quarantine: 'Set aside because they seem to hold a password, a key or a card number:',
		noQuarantine: 'Nothing is in quarantine.',
		personal: '(in a personal chat)',
		reason: {
			password: 'asks for a password',
			corrupt: 'damaged',
			'too-large': 'too large',
			timeout: 'took too long',
			'no-text': 'no text in it',
			empty: 'empty',
			'type-mismatch': 'something else than its name says',
			unsupported: 'unknown kind of file',
			quarantine: 'seems to hold a secret',
			gone: 'not to be had any more',
			'upload-size': 'larger than its sender may share',
			'upload-count': 'more than its sender may share in a day',
			unavailable: 'something of ours went wrong',
		},
		retried: (count: number) => (count === 1 ? '1 file is tried again.' : `${count} files are tried again.`),
		released: 'The file is out of quarantine and is being read. Whoever reads where it was shared can ask me about it.',
		deleted: 'The file is removed, with its bytes.',
		inChatAlone: 'What reads files is part of the running program: give this order in the chat.',
	},

	/** Models that make the vectors of documents. */
	vectors: {
		searched: 'Documents are searched with',
		byWords: 'their words alone, until a model has made vectors of all passages',
		decidedBy: 'Decided by',
		bySetting: (model: string | null) =>
			model === null ? 'nobody: OLLAMA_EMBEDDING_MODEL names no model' : `the setting OLLAMA_EMBEDDING_MODEL: ${model}`,
		byAdministrator: (model: string, setting: string | null) =>
			`an administrator, who chose ${model}; the setting OLLAMA_EMBEDDING_MODEL (${setting ?? 'none'}) does not count`,
		beingMade: 'Being made meanwhile',
		progress: (model: string, made: number, total: number) => `${model}: ${count(made, 'en')} of ${count(total, 'en')} passages`,
		withTime: (progress: string, leftMs: number) => `${progress}, about ${duration(leftMs)} left`,
		problem: 'What is in the way',
		since: (at: string, reason: string) => `${reason} (${at}); I try again by myself`,
		reasons: {
			'no-host': 'no host that has the model answers',
			'connection-failed': 'the host does not answer',
			'model-missing': 'no host has the model: run `ollama pull` with its name',
			'model-changed': 'the model was replaced on its host',
			'cannot-embed': 'the model makes no vectors',
			'bad-vector': 'it gives no usable vector for some passages',
			'too-long': 'some passages are too long for it',
		},
		otherReason: (reason: string) => `an error (${reason})`,
		replaced: (model: string) =>
			`${model} is another one by now, which does not go with the old vectors: until the new ones are made, documents are found by their words alone.`,
		gaps: (passages: number) =>
			`${passages === 1 ? '1 passage gets' : `${count(passages, 'en')} passages get`} no vector from the new model, so I stay with the old one. “models embed switch” takes the new one all the same: those are then found by their words. “models embed cancel” calls it off.`,
		done: {
			begun: (model: string) =>
				`${model} makes the vectors of all documents from now on, in the background. Until it has, I search with the old ones, and then with its own. “models embed” tells how far it is.`,
			running: (model: string) => `${model} is at it already. “models embed” tells how far it is.`,
			kept: (model: string) => `Documents are searched with ${model}, and it stays so.`,
			cancelled: (model: string) => `${model} is called off, and what it has made is deleted.`,
			takesGaps: (model: string) => `I take ${model} as soon as it has tried all passages, also where it makes no vector.`,
		},
		refused: {
			missing: (model: string) => `No host has the model ${model}. Run \`ollama pull ${model}\` on one, and give the order again.`,
			unfit: (model: string) => `${model} makes no vectors. Choose an embedding model, such as bge-m3.`,
			cloud: (model: string) =>
				`${model} runs in Ollama’s cloud, where your documents would go. Choose one that runs on your own machines.`,
			away: (model: string) =>
				`No host made a vector with ${model}: one is away, or still brings it into memory. “status” tells how the hosts are; try again in a minute.`,
			noSetting: 'The setting OLLAMA_EMBEDDING_MODEL names no model: there is nothing to go back to.',
			nothingBegun: 'No other model is being taken.',
			replaced: 'The hosts have another model under that same name now: there is no old one to stay with. Choose another model instead.',
			noPgvector: 'The database keeps no vectors, since it has no pgvector. `npm run doctor` says what to do.',
			inChatAlone: 'What makes vectors is part of the running program: give this order in the chat.',
		},
	},

	feedback,

	digest,
	evaluation,

	operating,
	records,
	broadcast,
	orderWords,
	log: {
		empty: 'Nothing was written down yet.',
		console: 'the console',
		program: 'the bot itself',
		somebody: 'somebody',
		refused: 'REFUSED',
	},

	audit: {
		off: 'Reading what others told me is switched off in this installation.',
		usage:
			'Say whose messages, if you like how many (at most 50), and why: audit slack:T0123:U0123 20 complaint of 3 May. Names go in quotes.',
		reason: 'Say why, in two words or more: the reason is kept.',
		heading: (person: string, count: number) => `The newest of what ${person} and I said to each other (${count}), on the record:`,
		nothing: (person: string) => `${person} and I have said nothing to each other. The request is on the record.`,
		direct: 'personal chat',
		group: 'group',
		channel: 'channel',
		bot: 'the bot',
		deleted: '(deleted)',
		noText: '(no text)',
	},

	console: {
		usage: 'npm run admin -- ORDER, for example: npm run admin -- grant slack:T0123:U0123 admin',
		inUse: 'The embedded database is in use by the running program. Give the order in the chat with /ccb admin, or stop the program first.',
		failed: (reason: string) => `The order was not carried out: ${reason}`,
	},
};
