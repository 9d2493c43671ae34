/** How answers keep or break what is promised of them, with the alerts that it is worth. */

import { changing, rising, risingAt, type Scenario } from './scenario.ts';

const replies = (outcome: string, code = 'none') => `openccb_replies_total{platform="slack",outcome="${outcome}",code="${code}"}`;
const nightMinutes = 480;

/** Of so many requests a minute this share is above the limit of a bucket. */
function timed(name: string, limit: string, perMinute: number, lateShare: number, minutes: number): Scenario['series'] {
	return {
		[`${name}_bucket{platform="slack",le="${limit}"}`]: rising(perMinute * (1 - lateShare), minutes),
		[`${name}_bucket{platform="slack",le="+Inf"}`]: rising(perMinute, minutes),
		[`${name}_count{platform="slack"}`]: rising(perMinute, minutes),
	};
}

export const promiseScenarios: readonly Scenario[] = [
	{
		name: 'a third of many answers fails',
		series: { [replies('answered')]: rising(2, 70), [replies('failed', 'TIMEOUT')]: rising(1, 70) },
		at: 70,
		firing: ['AnswersFailFast', 'AnswersFailSlowly', 'AnswersFailSteadily'],
	},
	{
		name: 'what is over no longer breaks the promise fast',
		series: { [replies('answered')]: rising(2, 90), [replies('failed', 'TIMEOUT')]: [...rising(1, 60), ...changing(60, 0, 60, 29)] },
		at: 90,
		firing: ['AnswersFailSlowly'],
	},
	{
		name: 'one answer in two hundred fails',
		series: { [replies('answered')]: rising(2, 400), [replies('failed', 'TIMEOUT')]: rising(0.01, 400) },
		at: 400,
		firing: [],
	},
	{
		name: 'one answer in ten fails for hours',
		series: { [replies('answered')]: rising(1, 400), [replies('failed', 'TIMEOUT')]: rising(0.1, 400) },
		at: 400,
		firing: ['AnswersFailSteadily', 'AnswersFailSlowly'],
	},
	{
		name: 'one answer in forty fails for days',
		series: { [replies('answered')]: rising(1, 600), [replies('failed', 'TIMEOUT')]: rising(0.025, 600) },
		at: 600,
		firing: ['AnswersFailSlowly'],
	},
	{
		name: 'two of ten questions in a night fail',
		series: {
			[replies('answered')]: risingAt([20, 80, 140, 200, 260, 320, 380, 440], nightMinutes),
			[replies('failed', 'TIMEOUT')]: risingAt([100, 300], nightMinutes),
		},
		at: nightMinutes,
		firing: [],
	},
	{
		name: 'people reach their own limits',
		series: { [replies('answered')]: rising(1, 70), [replies('failed', 'RATE_LIMITED')]: rising(1, 70) },
		at: 70,
		firing: [],
	},
	{
		name: 'a third of the first signs is late',
		series: timed('openccb_time_to_sign_seconds', '1', 2, 0.33, 70),
		at: 70,
		firing: ['FirstSignsLateFast', 'FirstSignsLateSlowly', 'FirstSignsLateSteadily'],
	},
	{ name: 'one first sign in two hundred is late', series: timed('openccb_time_to_sign_seconds', '1', 2, 0.005, 400), at: 400, firing: [] },
	{
		name: 'a tenth of the first signs is late for hours',
		series: timed('openccb_time_to_sign_seconds', '1', 1, 0.1, 400),
		at: 400,
		firing: ['FirstSignsLateSteadily', 'FirstSignsLateSlowly'],
	},
	{
		name: 'most final texts are late',
		series: timed('openccb_time_to_final_text_seconds', '1.5', 2, 0.8, 70),
		at: 70,
		firing: ['FinalTextsLateFast', 'FinalTextsLateSlowly', 'FinalTextsLateSteadily'],
	},
	{
		name: 'one final text in thirty is late',
		series: timed('openccb_time_to_final_text_seconds', '1.5', 2, 0.033, 400),
		at: 400,
		firing: [],
	},
	{
		name: 'a third of the final texts is late for hours',
		series: timed('openccb_time_to_final_text_seconds', '1.5', 1, 0.34, 400),
		at: 400,
		firing: ['FinalTextsLateSteadily', 'FinalTextsLateSlowly'],
	},
];
