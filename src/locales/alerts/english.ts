/** What the operations channel is told of the monitoring, in English. What each alert says comes with it. */

export const alerts = {
	firing: (count: number) => (count === 1 ? 'Something needs a look:' : `${count} things need a look:`),
	resolved: (count: number) => (count === 1 ? 'This is over:' : `These ${count} things are over:`),
	lasting: (count: number) => (count === 1 ? 'This still goes on:' : `These ${count} things still go on:`),
	urgent: 'urgent',
	/** An alert of somebody’s own without a sentence. */
	unnamed: (name: string) => `The alert ${name}`,
	more: (count: number) => `And ${count} more; Alertmanager has all of them.`,
	silent: (minutes: number) =>
		`Nothing has been heard from the monitoring for ${minutes} minutes, so nobody would tell of anything else. Look whether Prometheus and Alertmanager run.`,
	heardAgain: 'The monitoring is heard again.',
};
