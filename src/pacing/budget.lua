-- The sliding-window log of one budget, as `budget-log.ts` keeps it in memory. `budget-script.ts` says what keys and arguments are.
local flight, calls, reserved, penalties = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local operation, id, nonce, amount, reservation, promised = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local windows, longest, longestLimit = {}, 0, 0
for index = 7, #ARGV, 5 do
	local window = { limit = tonumber(ARGV[index]), span = tonumber(ARGV[index + 1]), keepsSlots = ARGV[index + 2] == '1', shrinks = ARGV[index + 3] == '1' }
	window.countsFrom = tonumber(ARGV[index + 4])
	table.insert(windows, window)
	if window.span > longest then longest, longestLimit = window.span, window.limit end
end

local function text(number) return string.format('%.0f', number) end
local function after(moment) return '(' .. text(moment) end

local function settle(call, moment)
	redis.call('ZADD', calls, text(moment), call)
	redis.call('PEXPIRE', calls, text(longest))
end

local function expireWithLast(key)
	local last = redis.call('ZREVRANGE', key, 0, 0, 'WITHSCORES')
	if last[2] then redis.call('PEXPIREAT', key, last[2]) end
end

local overdue = redis.call('ZRANGEBYSCORE', flight, '-inf', text(now - IN_FLIGHT), 'WITHSCORES')
for index = 1, #overdue, 2 do
	redis.call('ZREM', flight, overdue[index])
	settle(overdue[index], overdue[index + 1] + IN_FLIGHT)
end
redis.call('ZREMRANGEBYSCORE', calls, '-inf', text(now - longest))
redis.call('ZREMRANGEBYSCORE', reserved, '-inf', text(now))
redis.call('ZREMRANGEBYSCORE', penalties, '-inf', text(now))

local inFlight = redis.call('ZCARD', flight)
local reservations = redis.call('ZCARD', reserved)
local pausedUntil = tonumber(redis.call('ZSCORE', penalties, 'pause') or 0)
local power = math.min(MAX_PENALTIES, redis.call('ZCARD', penalties) - (pausedUntil > 0 and 1 or 0))

local function shrunk(limit, penalties)
	return math.max(1, math.floor(limit * 4 ^ penalties / 5 ^ penalties))
end

local function limitOf(window)
	return window.shrinks and shrunk(window.limit, power) or window.limit
end

local function freeSlots(window)
	local free = limitOf(window) - inFlight - redis.call('ZCOUNT', calls, after(now - window.span), '+inf')
	return math.max(free, window.countsFrom - inFlight - redis.call('ZCARD', calls))
end

local function reservedIn(window)
	return window.keepsSlots and reservations or 0
end

local function waitForSlots(window, missing, isReserved)
	if missing <= 0 then return 0 end
	local waits = {}
	for _ = 1, inFlight do table.insert(waits, window.span) end
	local oldest = redis.call('ZRANGEBYSCORE', calls, after(now - window.span), '+inf', 'WITHSCORES', 'LIMIT', 0, missing)
	for index = 2, #oldest, 2 do table.insert(waits, oldest[index] + window.span - now) end
	if not isReserved and window.keepsSlots then
		local first = redis.call('ZRANGE', reserved, 0, missing - 1, 'WITHSCORES')
		for index = 2, #first, 2 do table.insert(waits, first[index] - now) end
	end
	table.sort(waits)
	return waits[missing] or window.span
end

local function penaltyEnds()
	local first = redis.call('ZRANGE', penalties, 0, 1, 'WITHSCORES')
	for index = 1, #first, 2 do
		if first[index] ~= 'pause' then return first[index + 1] - now end
	end
	return math.huge
end

local function keepEarlierCall()
	local earlier = redis.call('ZSCORE', flight, id) and now or redis.call('ZSCORE', calls, id)
	if not earlier then return end
	redis.call('ZREM', calls, id)
	settle(id .. ' (' .. nonce .. ')', earlier)
end

local function take()
	local isReserved = reservation ~= ''
	local wait, isFull = 0, false
	for _, window in ipairs(windows) do
		local heldBack = isReserved and 0 or reservedIn(window) + amount
		local missing = 1 - freeSlots(window) + heldBack
		isFull = isFull or missing > 0
		wait = math.max(wait, waitForSlots(window, missing, isReserved))
	end
	if isFull or pausedUntil > now then return { 0, math.max(1, math.min(wait, penaltyEnds()), pausedUntil - now) } end
	if isReserved then redis.call('ZREM', reserved, reservation) end
	keepEarlierCall()
	redis.call('ZADD', flight, text(now), id)
	redis.call('PEXPIRE', flight, text(longest + IN_FLIGHT))
	return { 1, 0 }
end

local function state()
	local free, limit = math.huge, 0
	for _, window in ipairs(windows) do
		local slots, shrunk = freeSlots(window) - reservedIn(window), limitOf(window)
		if slots < free or (slots == free and shrunk < limit) then free, limit = slots, shrunk end
	end
	local oldest = tonumber(redis.call('ZRANGE', calls, 0, 0, 'WITHSCORES')[2]) or (inFlight > 0 and now)
	local refresh = oldest and math.max(1, oldest + longest - now) or 0
	return { pausedUntil > now and 0 or math.max(0, free), limit, refresh }
end

local function reserve()
	local free = math.huge
	for _, window in ipairs(windows) do
		if window.keepsSlots then free = math.min(free, pausedUntil > now and 0 or freeSlots(window) - reservations) end
	end
	if not redis.call('ZSCORE', reserved, id) and free < 1 then return { 0 } end
	redis.call('ZADD', reserved, text(now + amount), id)
	expireWithLast(reserved)
	return { 1 }
end

local function penalise()
	local isKnown = promised and pausedUntil > now
	if amount > 0 then redis.call('ZADD', penalties, 'GT', text(now + amount), 'pause') end
	local size = isKnown and 0 or 1
	local answered = redis.call('ZCOUNT', calls, after(now - longest), '+inf')
	if not isKnown and promised and answered >= promised then
		while power + size < MAX_PENALTIES and shrunk(longestLimit, power + size) > answered do size = size + 1 end
	end
	for index = 0, size - 1 do
		redis.call('ZADD', penalties, text(now + PENALTY + index * RECOVERY_STEP), index == 0 and nonce or nonce .. ' (' .. index .. ')')
	end
	expireWithLast(penalties)
	return { 1 }
end

if operation == 'take' then return take() end
if operation == 'state' then return state() end
if operation == 'reserve' then return reserve() end
if operation == 'penalise' then return penalise() end
if operation == 'settle' then
	redis.call('ZREM', flight, id)
	redis.call('ZADD', calls, 'GT', text(now - amount), id)
	redis.call('PEXPIRE', calls, text(longest))
	return { 1 }
end
if operation == 'release' then
	redis.call('ZREM', reserved, id)
	return { 1 }
end
return redis.error_reply('ERR unknown budget operation')
