/*
 * mlango talk: plays scripted dialogues.
 */
#ifndef SIMULATOR_TALK_COMMAND_H
#define SIMULATOR_TALK_COMMAND_H

int talk_command(int argc, char **argv);

#endif
