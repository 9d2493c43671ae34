/** Every route that the API has. */

import { z } from 'zod';
import { changeConversation, exportConversation, listConversations, readConversation, removeConversation } from './conversations.ts';
import { defineRoute, type RouteDefinition } from './define-route.ts';
import { uploadFile } from './files.ts';
import { liveStream } from './live.ts';
import { ask, listMessages, rateAnswer, retryAnswer, showSource, stopAnswer } from './messages.ts';
import { endSession, listSessions, readMe, signOut } from './people.ts';
import { readStatement, saveLinkedRows, saveRows } from './rows.ts';
import { readLink, showCode, useCode, useLink } from './sign-in.ts';
import { chooseModel, listModels, readQuota, readUsage } from './usage.ts';

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
	readLink,
	useLink,
	showCode,
	useCode,
	readMe,
	listSessions,
	endSession,
	signOut,
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
	readStatement,
	saveRows,
	saveLinkedRows,
	liveStream,
	listModels,
	chooseModel,
	readQuota,
	readUsage,
	readApiDocument,
];
