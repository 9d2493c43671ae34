/** Every route that the API has. */

import { z } from 'zod';
import { giveOrder, listPeople, readHealth, readUsageOfAll } from './administration.ts';
import { listCommands } from './commands.ts';
import { changeConversation, exportConversation, listConversations, readConversation, removeConversation } from './conversations.ts';
import { defineRoute, type RouteDefinition } from './define-route.ts';
import { uploadFile } from './files.ts';
import { liveStream } from './live.ts';
import { ask, listMessages, rateAnswer, retryAnswer, showSource, stopAnswer } from './messages.ts';
import { listChannels, readModels } from './operating.ts';
import { beginFactor, changePassword, choosePassword, keepFactor, readOwnPassword, readPasswordLink, usePassword } from './passwords.ts';
import { changeMe, endSession, listReads, listSessions, readMe, signOut, unlinkAccount } from './people.ts';
import { saveLinkedRows, saveRows, statementOfAnswer } from './rows.ts';
import { listWays, readLink, showCode, useCode, useLink } from './sign-in.ts';
import { endToken, listTokens, makeToken } from './tokens.ts';
import { chooseModel, listModels, readKnowledge, readQuota, readUsage } from './usage.ts';

export const readApiDocument = defineRoute({
	name: 'readApiDocument',
	method: 'GET',
	path: '/openapi.json',
	about: 'This document.',
	for: 'anybody',
	answer: { status: 200, about: 'OpenAPI 3.1.', body: z.looseObject({ openapi: z.string() }) },
	errors: [],
});

export const allRoutes: readonly RouteDefinition[] = [
	listWays,
	readLink,
	useLink,
	showCode,
	useCode,
	usePassword,
	readPasswordLink,
	choosePassword,
	readOwnPassword,
	changePassword,
	beginFactor,
	keepFactor,
	readMe,
	changeMe,
	unlinkAccount,
	listReads,
	listSessions,
	endSession,
	signOut,
	listTokens,
	makeToken,
	endToken,
	listConversations,
	readConversation,
	changeConversation,
	removeConversation,
	exportConversation,
	listMessages,
	uploadFile,
	ask,
	showSource,
	stopAnswer,
	retryAnswer,
	rateAnswer,
	statementOfAnswer,
	saveRows,
	saveLinkedRows,
	liveStream,
	listCommands,
	listModels,
	chooseModel,
	readKnowledge,
	readQuota,
	readUsage,
	giveOrder,
	listPeople,
	readUsageOfAll,
	readHealth,
	readModels,
	listChannels,
	readApiDocument,
];
