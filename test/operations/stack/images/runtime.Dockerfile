# Stands in for the image that the program runs on: libraries, and nothing that could be run.
FROM scratch
ADD rootfs.tar /
