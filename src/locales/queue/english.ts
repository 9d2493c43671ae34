/** What is said about the queue for the models in English. Hosts come in as text that is safe to show; times in seconds. */

const duration = (seconds: number) => (seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);
const questions = (count: number) => (count === 1 ? '1 question' : `${count} questions`);

export const queue = {
	/** Said like `activity`: the bot’s name stands before it. */
	pausedSign: (position: number) => `is waiting: the queue is paused by an administrator, place ${position}`,
	pausedNotice: (position: number) => `⏸️ The queue is paused by an administrator; your place is ${position}.`,
	draining: 'I am taking no new questions right now, because an administrator is emptying the queue. Please try again later.',
	command: {
		state: {
			open: (model: string) => `The queue for ${model} is open.`,
			paused: (model: string) => `⏸️ The queue for ${model} is paused: nobody is served until “queue resume”.`,
			draining: (model: string) => `⏳ The queue for ${model} is being emptied: nothing new is taken until “queue resume”.`,
		},
		nobodyWaits: 'Nobody is waiting.',
		waiting: (facts: { interactive: number; background: number; users: number; oldestSeconds: number }) =>
			[
				`${questions(facts.interactive)} waiting`,
				...(facts.background === 0 ? [] : [`${facts.background} more in the background`]),
				facts.users === 1 ? 'all of one person' : `of ${facts.users} people`,
				`the oldest for ${duration(facts.oldestSeconds)}.`,
			].join(', '),
		taken: (running: number, slots: number) => `${running} of ${slots} slots taken`,
		noHost: '⚠️ No model host can be used right now.',
		alone: '⚠️ Redis is away: these are the numbers of one process, and what you change reaches the others when it is back.',
		unknown: 'I know “queue show”, “queue pause”, “queue resume” and “queue drain”.',
	},
};
