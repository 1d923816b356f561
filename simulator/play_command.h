#ifndef SIMULATOR_PLAY_COMMAND_H
#define SIMULATOR_PLAY_COMMAND_H

int play_command(int argc, char **argv);

#endif
