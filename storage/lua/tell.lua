-- What is held about a number.
--
-- KEYS  about, profile
-- gives how many messages are remembered, and the profile's fields and values
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local messages = 0
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')) do
	if string.sub(member, 1, 2) == 'm:' then
		messages = messages + 1
	end
end
return { messages, redis.call('HGETALL', KEYS[2]) }
